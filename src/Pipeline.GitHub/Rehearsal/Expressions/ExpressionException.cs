namespace Pipeline.GitHub.Rehearsal.Expressions;

/// <summary>An expression is none, or cannot be evaluated. The workflow is to blame, and trying again does not help.</summary>
/// <param name="message">What is wrong with which part of it.</param>
/// <param name="cause">What it came from, if anything.</param>
public sealed class ExpressionException(string message, Exception? cause = null) : Exception(message, cause);
