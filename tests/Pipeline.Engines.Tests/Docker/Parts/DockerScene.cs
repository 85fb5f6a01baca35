using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Networks;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Engines.Tests.Docker.Parts;

/// <summary>An environment of a service that only one test knows, on a shared host.</summary>
internal sealed class DockerScene
{
    private DockerScene(TestEngine engine, EnvironmentScope scope) => (Engine, Scope) = (engine, scope);

    public TestEngine Engine { get; }

    public EnvironmentScope Scope { get; }

    public DockerCli Docker => new(DockerHosts.Parse(Engine.Endpoint, "--staging-host").Single(), TimeProvider.System);

    public ScopedContainers Containers => new(Docker, Scope);

    public EnvironmentNetwork Network => new(Docker, Scope, EnvironmentNetwork.DefaultPool);

    public static string Service() => $"t{Guid.NewGuid():N}"[..9];

    public static DockerScene On(TestEngine engine, string environment = "staging") => new(engine, new EnvironmentScope(Service(), environment));

    /// <summary>A container of the small image, which must have been made on the engine before.</summary>
    public async Task<ContainerSpecification> SmallAsync(string id)
    {
        await SmallImage.MakeAsync(Engine, "small:test", "test");
        await Network.EnsureAsync(TestContext.Current.CancellationToken);
        return new()
        {
            Name = Scope.Container(id),
            Role = "instance",
            Image = "small:test",
            Network = ContainerNetwork.Named(Scope.Network),
            StopTimeout = TimeSpan.FromSeconds(5),
        };
    }
}
