using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Secrets;

/// <summary>
/// The container by which the volume of secrets stays in memory: the keeper, at first. An engine that is started anew while its containers live on may mount the
/// volume a second time (Docker 20.10 does): what it starts then sees an empty folder beside the keeper's. From then on a container that does nothing else holds
/// the memory that new containers see, for the keeper cannot be replaced under its users.
/// </summary>
internal sealed class SecretsMemory(DockerCli docker, EnvironmentScope scope, string user)
{
    public const string Role = "memory";
    private const string Forever = "2147483647";

    // Codes of docker itself: https://docs.docker.com/engine/containers/run/#exit-status.
    private const int FirstCodeOfDocker = 125;
    private const int LastCodeOfDocker = 127;

    private readonly ScopedContainers containers = new(docker, scope);

    private string Name => scope.Container(Role);

    /// <summary>Whether a container may hold secrets.</summary>
    internal bool MayHold(ContainerState container) => container.Name == Name || container.Name == scope.Keeper;

    /// <summary>The name of the container that holds the secrets now.</summary>
    internal async Task<string> FindHolderAsync(CancellationToken cancellation) =>
        await containers.FindAsync(Name, cancellation) is { Life: { Running: true, Restarting: false } } ? Name : scope.Keeper;

    /// <summary>Whether a container that starts now finds a file there.</summary>
    /// <exception cref="DockerException">It cannot be tried.</exception>
    internal async Task<bool> IsSeenAsync(string file, CancellationToken cancellation)
    {
        string[] confined = ["--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", user];
        var labels = scope.Labels.Append(new(ScopeLabels.Role, Role)).SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" });
        string[] look = ["--entrypoint", "tar", await ImageAsync(cancellation), "-c", "-f", "-", "-C", SecretsVolume.Path, file];
        var call = new DockerCall(
            ["container", "run", "--rm", "--pull", "never", .. confined, .. labels, "--mount", $"type=volume,source={scope.SecretsVolume},target={SecretsVolume.Path},readonly", .. look])
        {
            About = $"looking into volume {scope.SecretsVolume}",
        };
        var result = await docker.TryAsync(call, cancellation);
        return result.ExitCode is >= FirstCodeOfDocker and <= LastCodeOfDocker ? throw docker.Failure(call, result) : result.ExitCode == 0;
    }

    /// <summary>Has a new container hold what new containers see.</summary>
    /// <returns>Its name.</returns>
    internal async Task<string> ReplaceHolderAsync(CancellationToken cancellation)
    {
        await containers.RemoveAsync(Name, TimeSpan.Zero, cancellation);
        await containers.EnsureAsync(Specify(await ImageAsync(cancellation)), cancellation);
        return Name;
    }

    private ContainerSpecification Specify(string image) => new()
    {
        Name = Name,
        Role = Role,
        Image = image,
        Entrypoint = ["sleep", Forever],
        User = user,
        Network = ContainerNetwork.Named("none"),
        Volumes = [new(scope.SecretsVolume, SecretsVolume.Path, VolumeAccess.Write)],
        Limits = new() { Megabytes = 32, Processes = 16, LogMegabytes = 3 },
        StopTimeout = TimeSpan.Zero,
        Init = false,
    };

    private async Task<string> ImageAsync(CancellationToken cancellation) => await containers.FindAsync(scope.Keeper, cancellation) is { } keeper
        ? keeper.ImageId
        : throw new DockerException(docker.Host, DockerFault.NotFound, $"{docker.Host}: no container {scope.Keeper} keeps the secrets; deploy again");
}
