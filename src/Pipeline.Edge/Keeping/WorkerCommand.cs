using System.Diagnostics;

namespace Pipeline.Edge.Keeping;

/// <summary>How this program is started once more, as an edge.</summary>
internal sealed record WorkerCommand(IReadOnlyList<string> Options)
{
    public Process Start()
    {
        var host = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "Pipeline.Edge.dll")] : [];
        return Process.Start(new ProcessStartInfo(host, [.. program, "run", .. Options]))!;
    }
}
