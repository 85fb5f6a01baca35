namespace Pipeline.GitHub.Rehearsal.Actions;

/// <summary>A step failed, as it would have on a runner; its job goes on with the steps that run after failures.</summary>
/// <param name="message">What failed, with the remedy.</param>
public sealed class ActionException(string message) : Exception(message);
