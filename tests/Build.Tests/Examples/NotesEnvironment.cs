using Npgsql;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Docker;
using Pipeline.Configuration.Settings;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Images;
using Pipeline.Engines.Docker.Networks;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Engines.Docker.Secrets;
using Pipeline.Images.Recipes;
using Pipeline.Postgres.Migrations;
using Pipeline.Testing;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Build.Tests.Examples;

/// <summary>An environment of the notebook on a Docker host: its own network, PostgreSQL and secrets, put together of the toolkit's parts.</summary>
internal sealed class NotesEnvironment(TestEngine host, ArtifactStore store, IApplicationFiles files, string service, string name) : ISecretKeys, IImageArchives, IDeliveryLog
{
    private const string Postgres = "postgres:test";
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;
    private readonly string password = $"{name}-{Guid.NewGuid():N}";

    public EnvironmentScope Scope { get; } = new(service, name);

    private DockerCli Docker => new(DockerHosts.Parse(host.Endpoint, "--host")[0], TimeProvider.System);

    private DockerEngine Engine => new(
        new() { Scope = Scope, Hosts = DockerHosts.Parse(host.Endpoint, "--host"), Images = new LoadedImages(this), SecretKeys = this, Limits = new() { Megabytes = 128 } },
        TimeProvider.System);

    /// <summary>Network, keeper of the secrets, and a database that only this environment knows the password of.</summary>
    public async Task FoundAsync()
    {
        await SystemImages.LoadAsync(host, await SystemImages.EnsureAsync(new PostgresRecipe()), Postgres);
        await SmallImage.MakeAsync(host, "keeper:test", "keeper");
        await new EnvironmentNetwork(Docker, Scope, EnvironmentNetwork.DefaultPool).EnsureAsync(cancellation);
        await new SecretsVolume(Docker, Scope, DockerEngineSettings.DefaultUser).EnsureAsync(cancellation);
        await new ScopedContainers(Docker, Scope).EnsureAsync(
            new()
            {
                Name = Scope.Keeper,
                Role = "keeper",
                Image = "keeper:test",
                User = DockerEngineSettings.DefaultUser,
                Network = ContainerNetwork.Named(Scope.Network),
                Volumes = [new(Scope.SecretsVolume, SecretsVolume.Path, VolumeAccess.Write)],
            },
            cancellation);
        await host.RunAsync(
            "run", "--detach", "--name", Scope.Container("postgres"), "--network", Scope.Network, "--publish", $"{host.Address}::5432",
            "--env", $"POSTGRES_PASSWORD={password}", "--env", "POSTGRES_DB=notes", Postgres);
        await Eventually.HoldsAsync(
            async () => (await host.TryAsync("exec", Scope.Container("postgres"), "pg_isready", "--quiet", "--host", "127.0.0.1")).ExitCode == 0, $"the database of {name} takes connections");
    }

    /// <summary>Migrates the database and starts an instance, as the steps of a deployment do.</summary>
    public async Task<Instance> DeployAsync(Release release)
    {
        await Engine.PrepareAsync(release.Digest, cancellation);
        var port = (await host.RunAsync("port", Scope.Container("postgres"), "5432")).Trim().Split(':')[^1];
        await using var database = NpgsqlDataSource.Create($"Host={host.Address};Port={port};Username=postgres;Password={password};Database=notes");
        await new MigrationRunner(database, files, TimeProvider.System, this, new()).ApplyAsync(release, new FencingToken(1), cancellation);
        var settings = new Dictionary<string, string> { ["DATABASE_URL"] = $"postgres://postgres:{password}@{Scope.Container("postgres")}:5432/notes" };
        Assert.Empty((await SchemaAsync(release.Digest)).Validate(settings));
        return await Engine.StartAsync(new($"{name}-blue-1", Colour.Blue, release.Digest, settings, TimeSpan.FromSeconds(5)), cancellation);
    }

    /// <summary>What an instance answers, asked from its host, where the edge is.</summary>
    public async Task<string> AskAsync(Instance instance, string path, string? post = null)
    {
        var answer = "";
        string[] ask = [$"--net=/run/netns/{host.NetworkNamespace}", "curl", "--silent", "--fail", "--max-time", "5", .. post is null ? (string[])[] : ["--data", post], new Uri(instance.Address, path).ToString()];
        await Eventually.HoldsAsync(
            async () => (answer = (await Command.TryAsync("nsenter", ask)).Output).Length > 0, $"{instance.Id} answers {path} (its last lines: {string.Join(" | ", await Engine.ReadLogAsync(instance.Id, 5, cancellation))})");
        return answer;
    }

    /// <summary>Everything that the engine tells of the instance's container, which must hold no secret.</summary>
    public Task<string> InspectAsync(Instance instance) => host.RunAsync("inspect", Scope.Container(instance.Id));

    public bool Knows(string text) => text.Contains(password, StringComparison.Ordinal);

    public Task StopAsync(Instance instance) => Engine.StopAsync(instance.Id, cancellation);

    public Task<IReadOnlyList<Instance>> ObserveAsync() => Engine.ObserveAsync(cancellation);

    async Task<IReadOnlySet<string>> ISecretKeys.ReadAsync(Digest release, CancellationToken stop) =>
        (await SchemaAsync(release)).KeysIn(name).Where(key => key.IsSecret).Select(key => key.Name).ToHashSet();

    async Task<string> IImageArchives.ReadImageIdAsync(Digest release, CancellationToken stop) => (await DockerArchive.WriteAsync(new("notes", release, store), [], Stream.Null, stop)).Value;

    Task IImageArchives.WriteAsync(Digest release, Stream archive, CancellationToken stop) => DockerArchive.WriteAsync(new("notes", release, store), [], archive, stop);

    void IDeliveryLog.Information(string message)
    {
    }

    void IDeliveryLog.Warning(string message)
    {
    }

    private async Task<SettingsSchema> SchemaAsync(Digest release) =>
        SettingsSchema.Load(Path.Combine((await files.UnpackAsync(release, cancellation)).WorkingDirectory, "settings.schema.json"));
}
