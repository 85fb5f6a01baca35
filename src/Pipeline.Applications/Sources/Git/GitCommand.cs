using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Pipeline.Delivery;

namespace Pipeline.Applications.Sources.Git;

/// <summary>Asks the machine's git about one folder.</summary>
internal sealed class GitCommand(string folder)
{
    // A hook of git runs with these set for its own repository; they would lead every question away from the folder.
    private static readonly string[] Inherited = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"];

    /// <summary>What git wrote, without the last line's end.</summary>
    /// <exception cref="DeliveryException">git is missing or refused.</exception>
    public async Task<string> AskAsync(CancellationToken cancellation, params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync(arguments, cancellation);
        return exitCode == 0
            ? output.TrimEnd('\n', '\r')
            : throw new DeliveryException($"git {string.Join(' ', arguments)} failed in {folder}: {errors.Trim()}");
    }

    /// <summary>What git wrote, or null when it answers with failure: there is no such thing.</summary>
    public async Task<string?> TryAskAsync(CancellationToken cancellation, params string[] arguments)
    {
        var (exitCode, output, _) = await RunAsync(arguments, cancellation);
        return exitCode == 0 ? output.TrimEnd('\n', '\r') : null;
    }

    /// <summary>What git writes, line by line as it comes. Lines end with a line feed and nothing else: what is in files may hold any other character.</summary>
    /// <exception cref="DeliveryException">git is missing or refused.</exception>
    public async IAsyncEnumerable<string> LinesAsync([EnumeratorCancellation] CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(arguments);
        await using var ending = cancellation.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var rest = new StringBuilder();
        var buffer = new char[64 * 1024];
        for (var read = await process.StandardOutput.ReadAsync(buffer, cancellation); read > 0; read = await process.StandardOutput.ReadAsync(buffer, cancellation))
        {
            var from = 0;
            for (var end = Array.IndexOf(buffer, '\n', from, read - from); end >= 0; end = Array.IndexOf(buffer, '\n', from, read - from))
            {
                yield return rest.Append(buffer, from, end - from).ToString();
                rest.Clear();
                from = end + 1;
            }
            rest.Append(buffer, from, read - from);
        }
        if (rest.Length > 0)
            yield return rest.ToString();
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new DeliveryException($"git {string.Join(' ', arguments)} failed in {folder}: {(await errors).Trim()}");
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        using var process = Start(arguments);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.StandardOutputEncoding = Encoding.UTF8;
        foreach (var name in Inherited)
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        // Asking for the status must not take the lock of an index that a person is working with.
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        if (!Directory.Exists(folder))
            throw new DeliveryException($"the folder {folder} does not exist; give the folder of a clone");
        try
        {
            return Process.Start(start) ?? throw new DeliveryException("git did not start; try git --version in a terminal");
        }
        catch (Win32Exception missing)
        {
            throw new DeliveryException("git is not on the PATH; install it: the version and the commit of a release come from it", missing);
        }
    }
}
