namespace Pipeline.Supervision.Native;

/// <summary>A process to be started in a session of its own, with nothing inherited but what is named here.</summary>
internal sealed record SpawnPlan
{
    /// <summary>The program's absolute path.</summary>
    internal required string Path { get; init; }

    /// <summary>Its arguments, the first being its own name.</summary>
    internal required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Its whole environment.</summary>
    internal required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Where it starts.</summary>
    internal required string WorkingDirectory { get; init; }

    /// <summary>The file that its standard output and error are appended to, made with mode 0600.</summary>
    internal required string Output { get; init; }

    /// <summary>Open sockets of the starter and the numbers they get.</summary>
    internal IReadOnlyList<(int From, int To)> Descriptors { get; init; } = [];

    /// <summary>Whether every other descriptor is closed even if a starter of the starter left it inheritable.</summary>
    internal bool ClosesEverythingElse { get; init; }
}
