using System.ComponentModel;
using System.Diagnostics;

namespace Pipeline.Targets.Fingerprints;

/// <summary>Asks git about the working directory.</summary>
internal static class GitProcess
{
    /// <summary>Starts git, or returns null where the machine has none.</summary>
    internal static Process? Start(string folder, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Reading must not write the index: two runs at once would fight for its lock.
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start);
            process?.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The commit that is checked out, or null outside a repository and before its first commit.</summary>
    internal static string? Commit(string folder)
    {
        using var git = Start(folder, "rev-parse", "--verify", "--quiet", "HEAD");
        if (git is null)
            return null;
        var text = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 && text.Length > 0 ? text : null;
    }
}
