using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Images;
using Pipeline.Engines.Docker.Networks;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Engines.Docker.Secrets;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;
using Pipeline.Testing.Docker.Registries;

namespace Pipeline.Engines.Tests.Docker.Parts;

/// <summary>A service that only one test knows, with a registry and one or several hosts to run it on.</summary>
internal sealed class EngineScene(TestRegistry registry, params TestEngine[] hosts) : ISecretKeys
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public string Service { get; init; } = DockerScene.Service();

    public string Environment { get; init; } = "staging";

    public IReadOnlySet<string> SecretKeys { get; init; } = new HashSet<string> { "PAYMENT_KEY" };

    public EnvironmentScope Scope => new(Service, Environment);

    public string Repository => $"{registry.Address}/{Service}";

    public DockerEngineSettings Settings => new()
    {
        Scope = Scope,
        Hosts = DockerHosts.Parse(string.Join(',', hosts.Select(host => host.Endpoint)), "--staging-host"),
        Images = new RegistryImages(Repository),
        SecretKeys = this,
        Limits = new() { Megabytes = 64 },
        Settling = TimeSpan.FromMilliseconds(400),
    };

    /// <summary>The engine as another run of the build program would make it.</summary>
    public DockerEngine Engine => new(Settings, TimeProvider.System);

    public TestEngine Host => hosts[0];

    public string Container(string id) => Scope.Container(id);

    public InstanceSpecification Wanted(string id, Digest digest, params (string Name, string Value)[] settings) =>
        new(id, Colour.Blue, digest, settings.ToDictionary(setting => setting.Name, setting => setting.Value), TimeSpan.FromSeconds(5));

    public async Task<Digest> PublishAsync(string variation) => Digest.Parse(await SmallImage.PublishAsync(Host, registry, Service, variation));

    /// <summary>Stands for the keeper of the environment on every host: it keeps the volume with the secrets mounted.</summary>
    public async Task KeepAsync()
    {
        foreach (var host in Settings.Hosts)
        {
            var docker = new DockerCli(host, TimeProvider.System);
            await SmallImage.MakeAsync(hosts.Single(each => each.Endpoint.StartsWith(host.Name, StringComparison.Ordinal)), "keeper:test", "keeper");
            await new EnvironmentNetwork(docker, Scope, EnvironmentNetwork.DefaultPool).EnsureAsync(cancellation);
            await new SecretsVolume(docker, Scope, DockerEngineSettings.DefaultUser).EnsureAsync(cancellation);
            await new ScopedContainers(docker, Scope).EnsureAsync(
                new()
                {
                    Name = Scope.Keeper,
                    Role = "keeper",
                    Image = "keeper:test",
                    User = DockerEngineSettings.DefaultUser,
                    Network = ContainerNetwork.Named(Scope.Network),
                    Volumes = [new(Scope.SecretsVolume, SecretsVolume.Path, VolumeAccess.Write)],
                }, cancellation);
        }
    }

    /// <summary>What an instance's web page tells of its environment, asked from its first host, as the edge there would.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AskAsync(Instance instance)
    {
        var page = "";
        string[] ask = [$"--net=/run/netns/{Host.NetworkNamespace}", "busybox", "wget", "-q", "-O", "-", new Uri(instance.Address, "cgi-bin/env").ToString()];
        await Eventually.HoldsAsync(async () => (page = (await Command.TryAsync("nsenter", ask)).Output).Length > 0, $"{instance.Id} answers at {instance.Address}");
        return page.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    Task<IReadOnlySet<string>> ISecretKeys.ReadAsync(Digest release, CancellationToken stop) => Task.FromResult(SecretKeys);
}
