using System.Text.Json.Serialization;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Secrets;

/// <summary>
/// The volume in memory that holds the secrets of an environment's instances on one host. It lasts as long as the keeper runs; nothing of it is ever on a disk.
/// </summary>
/// <param name="docker">The host.</param>
/// <param name="scope">The environment.</param>
/// <param name="user">Who may look into it, as numbers: <c>10001:10001</c>.</param>
public sealed class SecretsVolume(DockerCli docker, EnvironmentScope scope, string user)
{
    /// <summary>Where the keeper and the instances see it.</summary>
    public const string Path = "/run/secrets";

    private const string Options = "size=8m,mode=0700,nosuid,nodev,noexec";

    /// <summary>Makes the volume, or finds it.</summary>
    /// <exception cref="DeliveryException">Somebody else's volume has the name, or the host cannot be asked.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation))
            return;
        var owner = user.Split(':');
        var labels = scope.Labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" });
        string[] memory = ["--opt", "type=tmpfs", "--opt", "device=tmpfs", "--opt", $"o={Options},uid={owner[0]},gid={owner[^1]}"];
        var call = new DockerCall(["volume", "create", "--driver", "local", .. memory, .. labels, scope.SecretsVolume]) { About = $"making volume {scope.SecretsVolume}" };
        await docker.RunAsync(call, cancellation);
    }

    private async Task<bool> FindAsync(CancellationToken cancellation)
    {
        var call = new DockerCall(["volume", "inspect", scope.SecretsVolume]) { About = $"looking at volume {scope.SecretsVolume}" };
        var result = await docker.TryAsync(call, cancellation);
        if (result.ExitCode != 0)
            return DockerFaults.Of(result.Errors).Fault == DockerFault.NotFound ? false : throw docker.Failure(call, result);
        return scope.Owns(docker.Parse<VolumeState>(call, result.Output).Single().Labels)
            ? true
            : throw new DockerException(docker.Host, DockerFault.NameTaken, $"{docker.Host}: volume {scope.SecretsVolume} is not of {scope}; remove it, then run again");
    }

    private sealed record VolumeState([property: JsonPropertyName("Labels")] IReadOnlyDictionary<string, string>? Labels);
}
