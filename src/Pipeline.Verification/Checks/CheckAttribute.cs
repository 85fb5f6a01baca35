using System.Runtime.CompilerServices;

namespace Pipeline.Verification.Checks;

/// <summary>Marks a method of a <see cref="CheckSuite"/> as a check: <c>public async Task Name(CheckSession session)</c>.</summary>
/// <param name="name">What is checked, as the report says it: <c>login with the right password</c>.</param>
/// <param name="line">The line it stands in, given by the compiler: checks run in the order of their declaration.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CheckAttribute(string name, [CallerLineNumber] int line = 0) : Attribute
{
    /// <summary>What is checked.</summary>
    public string Name { get; } = name;

    /// <summary>The line it stands in.</summary>
    public int Line { get; } = line;

    /// <summary>
    /// Whether it leaves something behind (an order, an account), so that it is left out where the suite may change nothing; default false.
    /// </summary>
    public bool ChangesData { get; init; }

    /// <summary>The name of a session that it shares with other checks, cookies included; by default each check has one of its own.</summary>
    public string? Session { get; init; }

    /// <summary>How long it may take, in seconds; 1 to 600, default 30.</summary>
    public int TimeoutSeconds { get; init; } = 30;
}
