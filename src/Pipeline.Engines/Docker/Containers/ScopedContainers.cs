using System.Globalization;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Containers;

/// <summary>The containers of one environment on one host. What is not the environment's own is never touched, whatever its name.</summary>
/// <param name="docker">The host.</param>
/// <param name="scope">The environment.</param>
public sealed class ScopedContainers(DockerCli docker, EnvironmentScope scope)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    /// <summary>All containers of the environment that exist on the host, running or not, in the order of their names.</summary>
    /// <exception cref="DockerException">The host cannot be asked.</exception>
    public async Task<IReadOnlyList<ContainerState>> ListAsync(CancellationToken cancellation)
    {
        var call = new DockerCall(["container", "ls", "--all", "--quiet", "--no-trunc", .. scope.Filters]) { About = $"listing containers of {scope}" };
        var ids = (await docker.RunAsync(call, cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. (await InspectAsync(ids, cancellation)).Where(Owned).OrderBy(container => container.Name, StringComparer.Ordinal)];
    }

    /// <summary>The container of this name; null when there is none.</summary>
    /// <exception cref="DeliveryException">Somebody else's container has the name.</exception>
    public async Task<ContainerState?> FindAsync(string name, CancellationToken cancellation)
    {
        var found = (await InspectAsync([name], cancellation)).SingleOrDefault(container => container.Name == name);
        return found is null || Owned(found)
            ? found
            : throw new DockerException(docker.Host, DockerFault.NameTaken,
                $"{docker.Host}: container {name} is not of {scope} (it is {found.Id[..12]} from image {found.Configuration.Image}); rename or remove it, then run again");
    }

    /// <summary>Runs a container, or finds that it runs as specified. One of the name with another specification is replaced; one that stands still is started.</summary>
    /// <exception cref="DeliveryException">It cannot be started, or somebody else's container has its name. Nothing of a failed start is left.</exception>
    public async Task<ContainerState> EnsureAsync(ContainerSpecification container, CancellationToken cancellation)
    {
        if (await FindAsync(container.Name, cancellation) is { } present)
        {
            if (present.Label(ScopeLabels.Specification) == container.Fingerprint() && present.Life is { Running: true, Restarting: false } and not { Status: "paused" })
                return present;
            await RemoveAsync(container.Name, container.StopTimeout, cancellation);
        }
        var call = new DockerCall(RunArguments.Of(container, scope)) { About = $"starting container {container.Name}" };
        var result = await RunAsync(call, container, cancellation);
        if (result.ExitCode != 0)
        {
            throw docker.Failure(call, await WithUndoneAsync(container.Name, result));
        }
        return await FindAsync(container.Name, cancellation)
            ?? throw new DockerException(docker.Host, DockerFault.NotFound, $"{docker.Host}: container {container.Name} vanished as it was started; see who removes containers there, then run again");
    }

    /// <summary>Stops a container with SIGTERM, then SIGKILL after the time-out, and removes it. Nothing happens when there is none.</summary>
    /// <exception cref="DeliveryException">The host cannot be asked, or somebody else's container has the name.</exception>
    public async Task RemoveAsync(string name, TimeSpan stopTimeout, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation) is not { } found)
            return;
        // By its id: a container that took the name meanwhile is another one.
        var seconds = Math.Ceiling(stopTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (found.Life.Status is not ("created" or "exited" or "dead"))
            await TolerantAsync(new(["container", "stop", "--time", seconds, found.Id]) { About = $"stopping container {name}", Timeout = stopTimeout + Slack }, cancellation);
        await TolerantAsync(new(["container", "rm", "--force", "--volumes", found.Id]) { About = $"removing container {name}" }, cancellation);
    }

    /// <summary>The last lines that a container wrote, oldest first; none when there is no such container.</summary>
    public async Task<IReadOnlyList<string>> ReadLogAsync(string name, int lines, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation) is not { } found)
            return [];
        string[] arguments = ["container", "logs", "--timestamps", "--tail", lines.ToString(CultureInfo.InvariantCulture), found.Id];
        var call = new DockerCall(arguments) { About = $"log of container {name}" };
        var result = await docker.TryAsync(call, cancellation);
        var errors = Lines(result.Errors);
        if (result.ExitCode != 0)
            throw docker.Failure(call, result with { Errors = errors.LastOrDefault("") });
        // Two outputs of one program come in no common order; the times before the lines give it back.
        var read = Lines(result.Output).Concat(errors);
        return [.. read.OrderBy(line => line.Split(' ')[0], StringComparer.Ordinal).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<DockerResult> RunAsync(DockerCall call, ContainerSpecification container, CancellationToken cancellation)
    {
        try
        {
            return await docker.TryAsync(call, cancellation);
        }
        catch (Exception broken) when (broken is OperationCanceledException or DockerException { Fault: DockerFault.TimedOut })
        {
            // The engine may have made it all the same.
            await WithUndoneAsync(container.Name, new(0, "", ""));
            throw;
        }
    }

    // The fault that stopped the start comes first; what then keeps its remains from being removed is told beside it.
    private async Task<DockerResult> WithUndoneAsync(string name, DockerResult result)
    {
        try
        {
            await RemoveAsync(name, TimeSpan.Zero, CancellationToken.None);
            return result;
        }
        catch (DockerException left)
        {
            return result with { Errors = $"{result.Errors}\nand its remains could not be removed ({left.Message})" };
        }
    }

    private async Task TolerantAsync(DockerCall call, CancellationToken cancellation)
    {
        var result = await docker.TryAsync(call, cancellation);
        // Gone, or on its way to it by another's hand: that is what was wanted.
        if (result.ExitCode != 0 && DockerFaults.Of(result.Errors).Fault != DockerFault.NotFound
            && !result.Errors.Contains("is already in progress", StringComparison.OrdinalIgnoreCase))
            throw docker.Failure(call, result);
    }

    private bool Owned(ContainerState container) => scope.Owns(container.Configuration.Labels);

    private async Task<IReadOnlyList<ContainerState>> InspectAsync(string[] names, CancellationToken cancellation)
    {
        if (names.Length == 0)
            return [];
        var call = new DockerCall(["container", "inspect", .. names]) { About = $"looking at containers of {scope}" };
        var result = await docker.TryAsync(call, cancellation);
        // Of several, those that vanished since they were listed are told of beside those that are there.
        if (result.ExitCode != 0 && DockerFaults.Of(result.Errors).Fault != DockerFault.NotFound)
            throw docker.Failure(call, result);
        return docker.Parse<ContainerState>(call, result.Output);
    }
}
