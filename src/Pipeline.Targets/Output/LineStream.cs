using System.Text;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Output;

/// <summary>Turns the writes to one stream into masked lines.</summary>
internal sealed class LineStream(SecretMasker masker, Action<string> line)
{
    private readonly Lock gate = new();
    private readonly StreamMask mask = new(masker);
    private readonly StringBuilder current = new();

    internal void Write(ReadOnlySpan<char> text)
    {
        lock (gate)
            Take(mask.Append(text));
    }

    /// <summary>Ends the last line, which may lack its line end.</summary>
    internal void Finish()
    {
        lock (gate)
        {
            Take(mask.Finish());
            if (current.Length > 0)
                End();
        }
    }

    private void Take(string text)
    {
        var rest = text.AsSpan();
        for (var end = rest.IndexOf('\n'); end >= 0; end = rest.IndexOf('\n'))
        {
            current.Append(rest[..end]);
            End();
            rest = rest[(end + 1)..];
        }

        current.Append(rest);
    }

    private void End()
    {
        if (current.Length > 0 && current[^1] == '\r')
            current.Length--;
        line(current.ToString());
        current.Clear();
    }
}
