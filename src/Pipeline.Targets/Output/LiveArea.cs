using System.Globalization;

namespace Pipeline.Targets.Output;

/// <summary>The lines at the bottom of a terminal that say what runs; erased before anything else is written, and drawn again after it.</summary>
internal sealed class LiveArea(Func<int> width)
{
    private const int MostTargets = 6;
    private int lines;

    internal void Erase(TextWriter writer)
    {
        if (lines > 0)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"\e[{lines}A\r\e[0J"));
        lines = 0;
    }

    internal void Draw(TextWriter writer, RunStatus status)
    {
        if (status.Running.Count == 0)
            return;
        var rows = new List<string> { $"{status.Done} of {status.Total} done, running:" };
        rows.AddRange(status.Running.Take(MostTargets).Select(target => $"  {target.Name} {Durations.Text(target.For)}"));
        if (status.Running.Count > MostTargets)
            rows.Add($"  and {status.Running.Count - MostTargets} more");
        var room = width() - 1;
        writer.Write(string.Concat(rows.Select(row => $"\e[2m{(row.Length <= room ? row : row[..room])}\e[0m\n")));
        lines = rows.Count;
    }
}
