using System.Diagnostics;
using System.Reflection;
using System.Text;
using Pipeline.Testing;

namespace Pipeline.Targets.Tests.Running;

/// <summary>The sample program as a process of its own, in a git repository of its own.</summary>
internal sealed class SampleProgram : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private Process? process;

    internal SampleProgram()
    {
        Write("src/Shop.cs", "class Shop;\n");
        Write("tests/ShopTests.cs", "class ShopTests;\n");
        Write(".gitignore", ".pipeline/\nmarks/\nbin/\n");
        Git("init", "--quiet");
        Commit();
    }

    internal string Folder => folder.Path;

    /// <summary>Where a start of a kind writes down what it compiled.</summary>
    internal static string StartProfile(string kind) => Path.Combine(Path.GetDirectoryName(Program)!, $"start-{kind}.profile");

    private static string Program =>
        typeof(SampleProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "SampleProgram").Value!;

    internal string Out => Text(output);

    internal string Error => Text(error);

    internal int ProcessId => process!.Id;

    internal void Write(string path, string text)
    {
        var file = folder.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    internal void Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=Test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", "sources");
    }

    internal void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo(Needs.Program("git"), arguments) { WorkingDirectory = Folder })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    internal async Task<int> RunAsync(params string[] arguments)
    {
        Start(arguments);
        return await EndAsync();
    }

    internal void Start(params string[] arguments) => StartWith([], arguments);

    internal void StartWith(Dictionary<string, string> variables, params string[] arguments)
    {
        Needs.That(File.Exists(Program), "the sample program is not built");
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Launch(start, variables);
    }

    /// <summary>Starts it at a pseudo terminal of its own (script of util-linux), where somebody types.</summary>
    internal void StartAtTerminal(Dictionary<string, string> variables, string typed, params string[] arguments)
    {
        var start = new ProcessStartInfo(Needs.Program("script"), ["--quiet", "--return", "--flush", "--command", $"dotnet '{Program}' {string.Join(' ', arguments)}", "/dev/null"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "xterm" },
        };
        Launch(start, variables);
        process!.StandardInput.Write(typed);
        process.StandardInput.Flush();
    }

    private void Launch(ProcessStartInfo start, Dictionary<string, string> variables)
    {
        foreach (var name in new[] { "GITHUB_ACTIONS", "CI", "PIPELINE_HOME" })
            start.Environment.Remove(name);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        output.Clear();
        error.Clear();
        Follow(Process.Start(start)!);
    }

    private void Follow(Process started)
    {
        process = started;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal async Task<int> EndAsync()
    {
        await process!.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    internal void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    internal bool HasMark(string name) => File.Exists(folder.Combine("marks", name));

    internal string[] Runs() => [.. Directory.GetDirectories(folder.Combine(".pipeline", "runs")).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        if (process is { HasExited: false })
            process.Kill(entireProcessTree: true);
        process?.Dispose();
        folder.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
