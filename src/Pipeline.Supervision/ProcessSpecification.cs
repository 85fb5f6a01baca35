using System.Text.Json;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervision;

/// <summary>A process that is to run for as long as nobody stops it, whoever started it.</summary>
public sealed record ProcessSpecification
{
    /// <summary>
    /// The folder of this process alone: its specification, its state and its logs (<c>log/current.log</c>, <c>log/1.log</c>, …). Made when missing, mode 0700.
    /// It is the identity of the process: one folder, one process.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>The program: an absolute path, or a name to be found on the PATH.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments, each handed on as it is.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its whole environment, beside PATH, HOME, LANG, TMPDIR and DOTNET_ROOT, which are inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Its working directory; the folder itself when null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Addresses (<c>127.0.0.1:18081</c>) that the supervisor listens on and hands to every process it starts, as open sockets whose numbers stand in the
    /// environment variable PIPELINE_LISTEN_FDS (comma-separated, in this order). They stay open while processes come and go, so that no connection is refused.
    /// </summary>
    public IReadOnlyList<string> Listen { get; init; } = [];

    /// <summary>Whether a process that ended by itself is started again, after a growing pause of 0.1 to 10 seconds.</summary>
    public bool Restart { get; init; } = true;

    /// <summary>The signal that asks for the end: SIGTERM by default.</summary>
    public int StopSignal { get; init; } = 15;

    /// <summary>The time between that signal and SIGKILL; default 30 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The user to run as; null for the present one.</summary>
    public string? User { get; init; }

    /// <summary>Above this size the log is rotated; default 10 MiB.</summary>
    public long LogBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>How many rotated logs are kept; default 3.</summary>
    public int LogFiles { get; init; } = 3;

    /// <summary>Whether both ask for the same process, run in the same way; the order of variables does not matter.</summary>
    /// <param name="other">What is compared with this.</param>
    public bool IsSameAs(ProcessSpecification other) => Text(this) == Text(other);

    private static string Text(ProcessSpecification specification) => JsonSerializer.Serialize(
        specification with
        {
            Environment = new SortedDictionary<string, string>(specification.Environment.ToDictionary(), StringComparer.Ordinal),
        },
        SupervisionJson.Default.ProcessSpecification);
}
