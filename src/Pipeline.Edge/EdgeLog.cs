using System.Globalization;

namespace Pipeline.Edge;

/// <summary>What an operator should know, one line each, with the time; the supervisor keeps and rotates them.</summary>
internal sealed class EdgeLog(TextWriter output, TimeProvider time)
{
    private readonly Lock writing = new();

    public void Write(string line)
    {
        var stamped = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {line}");
        lock (writing)
        {
            output.WriteLine(stamped);
            output.Flush();
        }
    }
}
