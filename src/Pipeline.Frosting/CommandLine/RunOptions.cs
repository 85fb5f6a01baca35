using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.Frosting.CommandLine;

/// <summary>What the command line asks of the host; what it asks of the tasks are Cake arguments.</summary>
internal sealed record RunOptions
{
    public IReadOnlyList<string> Targets { get; init; } = ["Default"];

    public DirectoryPath? WorkingDirectory { get; init; }

    public Verbosity? Verbosity { get; init; }

    public bool Description { get; init; }

    public bool Tree { get; init; }

    public bool DryRun { get; init; }

    public bool Exclusive { get; init; }

    public bool Version { get; init; }

    public bool Info { get; init; }

    public bool NoReport { get; init; }
}
