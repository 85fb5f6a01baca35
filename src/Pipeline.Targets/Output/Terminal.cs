using System.Text;
using Pipeline.Targets.Running;

namespace Pipeline.Targets;

/// <summary>The terminal that a person sits at, for the few questions that only a person may answer. Ask dependency injection for it.</summary>
public sealed class Terminal
{
    private readonly RunState run;

    internal Terminal(RunState run) => this.run = run;

    /// <summary>
    /// Whether somebody is there: input and at least one of the outputs are a terminal, and <c>CI</c> is not set.
    /// </summary>
    public bool IsAttended => run.Variables("CI") is null or "" && !Console.IsInputRedirected && !(Console.IsOutputRedirected && Console.IsErrorRedirected);

    /// <summary>Shows a text and waits for a line. The display of the run stands still meanwhile; what targets write is shown all the same.</summary>
    /// <param name="text">What is shown before the answer, the last line of it beside the answer. Control characters are left out, secrets are masked.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The answer without the end of its line; null when the terminal was closed.</returns>
    /// <exception cref="IOException">The terminal cannot be read.</exception>
    public async Task<string?> AskAsync(string text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var still = run.Display.HoldStill();
        var (reader, writer) = Open();
        await using var writing = writer;
        await writer.WriteAsync(Plain(run.Masker.Mask(text)));
        await writer.FlushAsync(cancellation);
        // A read from a terminal cannot be called off. The thread that reads ends with the program.
        var reading = Task.Factory.StartNew(reader.ReadLine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var answer = await reading.WaitAsync(cancellation);
            reader.Dispose();
            return answer;
        }
        catch (OperationCanceledException)
        {
            await writer.WriteLineAsync();
            throw;
        }
    }

    /// <summary>The terminal itself, wherever input and output are led: <c>./build.sh | tee log</c> asks too.</summary>
    private static (TextReader Reader, TextWriter Writer) Open()
    {
        if (OperatingSystem.IsWindows())
            return (new StreamReader(Console.OpenStandardInput(), Console.InputEncoding), new StreamWriter(Console.OpenStandardError(), Console.OutputEncoding));
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // Without a buffer of its own: a terminal gives one line at a time and has no position.
        return (
            new StreamReader(new FileStream("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), utf8),
            new StreamWriter(new FileStream("/dev/tty", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), utf8));
    }

    private static string Plain(string text) => string.Concat(text.Where(character => character == '\n' || !char.IsControl(character)));
}
