namespace Pipeline.Supervision.Identity;

/// <summary>The environment that a living process really has, as against the one that somebody wrote down.</summary>
public static class ProcessEnvironment
{
    /// <summary>One of its variables; null when it has none of that name, has ended, belongs to another user, or the system has no /proc.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="name">The variable.</param>
    public static string? Variable(int processId, string name) => ProcFile.Variable(processId, name);
}
