using System.Text.Json;
using Pipeline.Artifacts;
using Pipeline.EndToEnd.Installations;
using Pipeline.Images.Recipes;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;
using Pipeline.Testing.Postgres;

namespace Pipeline.EndToEnd.Docker.Rehearsals;

/// <summary>
/// What the repository's settings name on GitHub: two hosts, a registry and a ledger; and a clone that rehearses its workflow with them, and with the evidence of the
/// surrounding checkout.
/// </summary>
public sealed class RehearsalHosts : IAsyncLifetime
{
    // Each job compiles its build program and makes its images, as on a runner.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private readonly DockerStage docker = new();
    private readonly TestServer postgres = new();
    private readonly TemporaryDirectory settings = new();

    public Installation Clone { get; } = new();

    public TestEngine StagingHost { get; private set; } = null!;

    public TestEngine ProductionHost { get; private set; } = null!;

    /// <summary>No job says a port, so it is the one that the Shop has by itself; each host has a network of its own.</summary>
    public Uri Production => new($"http://{ProductionHost.Address}:18082");

    private string Variables => settings.Combine("variables.env");

    private string Secrets => settings.Combine("secrets.env");

    public async ValueTask InitializeAsync()
    {
        Needs.That(Environment.IsPrivilegedProcess, "only root starts engines");
        StagingHost = await docker.EngineAsync();
        ProductionHost = await docker.StartEngineAsync(new());
        var registry = await docker.RegistryAsync();
        await SystemImages.EnsureAsync(new DotNetRecipe());
        var database = await SystemImages.EnsureAsync(new PostgresRecipe());
        await postgres.InitializeAsync();
        await File.WriteAllLinesAsync(
            Variables,
            [
                $"PIPELINE_BASE_IMAGE=\"{Path.Combine(SystemImages.Root, "base")}\"", $"PIPELINE_REGISTRY={registry.Address}/rehearsed", $"PIPELINE_INSECURE_REGISTRY={registry.Address}",
                $"PIPELINE_STAGING_HOST=\"{StagingHost.Endpoint}\"", $"PIPELINE_PRODUCTION_HOST=\"{ProductionHost.Endpoint}\"", "PIPELINE_WATCH=2s", "PIPELINE_AUDIT_DATA=optional",
                $"PIPELINE_POSTGRES_IMAGE={await PublishAsync(database, $"{registry.Address}/postgres")}",
            ]);
        await File.WriteAllLinesAsync(Secrets, [$"PIPELINE_LEDGER=\"{(await postgres.CreateDatabaseAsync()).Url}\""]);
        await File.WriteAllLinesAsync($"{Secrets}.build", [$"PIPELINE_SIGNING_KEY=\"{SigningKey()}\""]);
        foreach (var (environment, mode) in new[] { ("staging", "test"), ("production", "live") })
        {
            var prefix = environment.ToUpperInvariant();
            await File.WriteAllLinesAsync($"{Variables}.{environment}", [$"ENVIRONMENT_URL=https://{environment}.example"]);
            await File.WriteAllLinesAsync($"{Secrets}.{environment}", [$"{prefix}_SHOP_PAYMENT_KEY={mode}_{PasswordOf(environment)}", $"{prefix}_SHOP_SMOKE_PASSWORD={PasswordOf(environment)}"]);
        }
    }

    /// <summary>The secrets that no output may hold.</summary>
    public static string PasswordOf(string environment) => $"secret-of-{environment}-0123456789abcdef";

    /// <summary>Whether what the build job begins with still holds for the commit: it would lint and test everything anew.</summary>
    public async Task<bool> HasEvidenceAsync()
    {
        var plan = (await Clone.RunAsync("--target", "Attest", "--plan", "json")).Expect(0);
        using var document = JsonDocument.Parse(plan.Output);
        return document.RootElement.GetProperty("targets").EnumerateArray().Where(target => target.GetProperty("name").GetString() is "Lint" or "Test")
            .All(target => target.GetProperty("action").GetString() == "skip");
    }

    public async Task<RunResult> RehearseAsync(string job)
    {
        await using var run = Clone.Start(
            "--target", "RehearseWorkflow", "--workflow", "pipeline", "--job", job, "--with-evidence", "true", "--variables", Variables, "--secrets", Secrets);
        return await run.EndAsync(Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await Clone.DisposeAsync();
        await docker.DisposeAsync();
        await postgres.DisposeAsync();
        settings.Dispose();
    }

    // As a site does whose runners are no root: hosts pull it by digest, and no job makes it.
    private async Task<string> PublishAsync(BaseImage image, string repository)
    {
        var name = $"{repository}:rehearsed";
        await SystemImages.LoadAsync(StagingHost, image, name);
        return $"{repository}@{await StagingHost.PushAsync(name)}";
    }

    private static string SigningKey()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal);
    }
}
