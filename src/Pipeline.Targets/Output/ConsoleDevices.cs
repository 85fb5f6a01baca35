using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pipeline.Targets.Output;

/// <summary>The console as the program found it.</summary>
internal sealed record ConsoleDevices(TextWriter Out, TextWriter Error)
{
    /// <summary>Whether a person watches: lines may be drawn over.</summary>
    internal bool IsTerminal { get; init; }

    internal bool HasColour { get; init; }

    /// <summary>Columns of the terminal.</summary>
    internal Func<int> Width { get; init; } = () => 100;

    /// <summary>Whether GitHub Actions reads the output and folds what lies between group commands.</summary>
    internal bool IsGitHub { get; init; }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The console lives as long as the process.")]
    internal static ConsoleDevices OfProcess()
    {
        var plain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") == "dumb";
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null or "" && !plain;
        return new(Writer(StandardStream.Out()), Writer(StandardStream.Error()))
        {
            IsTerminal = isTerminal,
            HasColour = isTerminal,
            Width = () => Console.WindowWidth is > 20 and var width ? width : 100,
            IsGitHub = Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true",
        };
    }

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 4096) { AutoFlush = true };
}
