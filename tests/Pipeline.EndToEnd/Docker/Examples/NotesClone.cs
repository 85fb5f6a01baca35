using System.Diagnostics;
using System.Text.Json;
using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;
using Pipeline.Images.Recipes;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.EndToEnd.Docker.Examples;

/// <summary>
/// docs/examples/node-postgres as a repository of its own, as it is when somebody begins with a copy of it, and a Docker host for both of its environments. It is driven
/// by its own build program.
/// </summary>
public sealed class NotesClone : IAsyncLifetime
{
    private readonly DockerStage docker = new();
    private readonly TemporaryDirectory folder = new();
    private readonly int stagingPort = LoopbackPort.Free();
    private readonly int productionPort = LoopbackPort.Free();

    public TestEngine Host { get; private set; } = null!;

    public Uri Production => new($"http://{Host.Address}:{productionPort}");

    private static string Example => Path.Combine(Surroundings.Repository, "docs", "examples", "node-postgres");

    private static string Program
    {
        get
        {
            var (framework, configuration) = (new DirectoryInfo(AppContext.BaseDirectory), new DirectoryInfo(AppContext.BaseDirectory).Parent!);
            return Path.Combine(Example, "build", "bin", configuration.Name, framework.Name, "Notes.Build.dll");
        }
    }

    /// <summary>The lines of its README.</summary>
    public IReadOnlyList<string> ReadMe => File.ReadAllLines(Path.Combine(Root, "README.md"));

    private string Root => folder.Combine("notes");

    public async ValueTask InitializeAsync()
    {
        Needs.That(System.Environment.IsPrivilegedProcess, "only root starts engines");
        Needs.Program("npm");
        Host = await docker.EngineAsync();
        await SystemImages.EnsureAsync(new NodeRecipe());
        await SystemImages.EnsureAsync(new PostgresRecipe());
        foreach (var file in Commands.Run("git", Example, "ls-files").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => !file.StartsWith("build/", StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, file))!);
            File.Copy(Path.Combine(Example, file), Path.Combine(Root, file));
        }
        Directory.CreateDirectory(Path.Combine(Root, ".pipeline"));
        // What Debian's packages are made into is kept for the next run of any test.
        Directory.CreateSymbolicLink(Path.Combine(Root, ".pipeline", "images"), SystemImages.Root);
        Commands.Run("git", Root, "init", "--quiet");
        Commit("The notebook");
        Commands.Run("git", Root, "tag", "v1.0.0");
    }

    /// <summary>Changes one line of the application.</summary>
    public void Change(string file, string from, string to)
    {
        var path = Path.Combine(Root, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        Commit($"Say '{to}'");
    }

    /// <summary>Runs the example's build program to its end.</summary>
    public Task<RunResult> RunAsync(params string[] arguments) => RunAsync(Path.Combine(Root, ".pipeline"), arguments);

    /// <summary>Has it say what it would do where nothing was done yet: hosts that a page names as examples are not asked what runs there.</summary>
    public Task<RunResult> PlanAsync(IEnumerable<string> arguments) => RunAsync(folder.Combine("nothing yet"), [.. arguments, "--plan"]);

    private async Task<RunResult> RunAsync(string home, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PIPELINE_", StringComparison.Ordinal) || name.StartsWith("CORECLR_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["PIPELINE_HOME"] = home;
        start.Environment["DOCKER_HOST"] = $"unix://{Host.Socket}";
        start.Environment["PIPELINE_STAGING_HOST"] = Host.Endpoint;
        start.Environment["PIPELINE_PRODUCTION_HOST"] = Host.Endpoint;
        start.Environment["PIPELINE_STAGING_PORT"] = $"{stagingPort}";
        start.Environment["PIPELINE_PRODUCTION_PORT"] = $"{productionPort}";
        start.Environment["PIPELINE_WATCH"] = "2s";
        await using var run = new BuildRun(Process.Start(start)!);
        return await run.EndAsync();
    }

    /// <summary>The release of an environment as Status tells it, which must call it healthy.</summary>
    public async Task<Digest> StatusAsync(string environment)
    {
        var status = (await RunAsync("--target", "Status", "--json")).Expect(0);
        using var document = JsonDocument.Parse(status.Output);
        var found = document.RootElement.GetProperty("environments").EnumerateArray().Single(each => each.GetProperty("name").GetString() == environment);
        Assert.True(found.GetProperty("state").GetString() == "healthy", status.Everything);
        return Digest.Parse(found.GetProperty("release").GetProperty("digest").GetString()!);
    }

    /// <summary>The release that users of production get now, by the header of the edge's answers.</summary>
    public async Task<Digest> RunningAsync()
    {
        using var client = new HttpClient { BaseAddress = Production };
        using var answer = await client.GetAsync(new Uri("/version", UriKind.Relative));
        return Digest.Parse(answer.Headers.GetValues("Pipeline-Release").Single());
    }

    /// <summary>The id that an engine knows a release's image by, as the artifact's manifest says.</summary>
    public string ImageOf(Digest release)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, ".pipeline", "artifacts", "blobs", "sha256", release.Hex)));
        return manifest.RootElement.GetProperty("config").GetProperty("digest").GetString()!;
    }

    public async Task<string> AskAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = Production };
        return await client.GetStringAsync(new Uri(path, UriKind.Relative));
    }

    public async Task WriteAsync(string note)
    {
        using var client = new HttpClient { BaseAddress = Production };
        using var text = new StringContent(note);
        (await client.PostAsync(new Uri("/notes", UriKind.Relative), text)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Path.Combine(Root, ".pipeline", "programs")))
            await RunAsync("--target", "Down", "--delete-data", "true");
        await docker.DisposeAsync();
        folder.Dispose();
    }

    private void Commit(string message)
    {
        Commands.Run("git", Root, "add", "--all");
        Commands.Run("git", Root, "-c", "user.name=Tests", "-c", "user.email=tests@localhost", "commit", "--quiet", "--message", message);
    }
}
