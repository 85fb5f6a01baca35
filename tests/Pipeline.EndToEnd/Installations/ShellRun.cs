using System.Diagnostics;

namespace Pipeline.EndToEnd.Installations;

/// <summary><c>--target Shell</c> with what a person would type.</summary>
internal static class ShellRun
{
    public static async Task<RunResult> TypeAsync(Installation installation, string input, params string[] arguments)
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(folder.Combine("input"), $"{input}\n");
        var start = BuildProcess.Describe(installation.Repository, ["--target", "Shell", .. arguments], installation.Environment);
        (start.FileName, var command) = ("bash", start.ArgumentList.Prepend(start.FileName).ToList());
        start.ArgumentList.Clear();
        foreach (var word in command.Prepend(folder.Combine("input")).Prepend("exec \"$@\" <\"$0\"").Prepend("-c"))
            start.ArgumentList.Add(word);
        await using var run = new BuildRun(Process.Start(start)!);
        return await run.EndAsync();
    }
}
