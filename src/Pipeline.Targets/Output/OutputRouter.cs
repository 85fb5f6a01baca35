using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pipeline.Targets.Output;

/// <summary>Where the current flow of work writes: to the output of the target it belongs to, or to that of the run.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The writers hold nothing; they are the console of the process while it runs targets.")]
internal sealed class OutputRouter(LineStream runOut, LineStream runError)
{
    private readonly AsyncLocal<TargetOutput?> current = new();

    internal TargetOutput? Current
    {
        get => current.Value;
        set => current.Value = value;
    }

    internal LineStream Out => Current?.Out ?? runOut;

    internal LineStream Error => Current?.Error ?? runError;

    /// <summary>Writers for <see cref="Console"/> that route every write.</summary>
    internal TextWriter OutWriter() => TextWriter.Synchronized(new RoutedWriter(() => Out));

    internal TextWriter ErrorWriter() => TextWriter.Synchronized(new RoutedWriter(() => Error));

    private sealed class RoutedWriter(Func<LineStream> stream) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => stream().Write([value]);

        public override void Write(char[] buffer, int index, int count) => stream().Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer) => stream().Write(buffer);

        public override void Write(string? value) => stream().Write(value);

        public override void WriteLine(string? value) => stream().Write(value + "\n");
    }
}
