using System.Globalization;
using System.Runtime.CompilerServices;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Engines.Instances;

namespace Pipeline.Engines.Docker.Instances;

/// <summary>The log and the inside of an instance on one host.</summary>
internal sealed class HostConsole(HostInstances host, EnvironmentScope scope)
{
    internal async IAsyncEnumerable<string> FollowAsync(string id, int lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var container = await FindAsync(id, cancellation);
        string[] arguments = ["container", "logs", "--follow", "--tail", lines.ToString(CultureInfo.InvariantCulture), container.Id];
        await foreach (var line in host.Docker.FollowAsync(new(arguments) { About = $"log of container {container.Name}" }, cancellation))
            yield return line;
    }

    internal async Task<int> OpenShellAsync(string id, CancellationToken cancellation)
    {
        var container = await FindAsync(id, cancellation);
        if (container.Life is not { Running: true, Restarting: false })
            throw new DeliveryException($"container {container.Name} on {host.Host} does not run ({container.Life.Status}); --target Logs --instance {id} shows its last lines");
        string[] terminal = InheritedProcess.HasTerminal ? ["--interactive", "--tty"] : ["--interactive"];
        return await InheritedProcess.RunAsync(DockerProcess.Command(host.Host, ["container", "exec", .. terminal, container.Id, "sh"]), cancellation);
    }

    private async Task<ContainerState> FindAsync(string id, CancellationToken cancellation) =>
        await host.Containers.FindAsync(scope.Container(id), cancellation)
        ?? throw new DeliveryException($"{host.Host} has no instance {id}; --target Status lists those there are");
}
