using Pipeline.Containers.Hosts;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Containers.Databases;

/// <summary>Replaces the container of a database that runs. The one before stands aside until the new one has let its owner in, and is put back where it does not.</summary>
internal sealed class DatabaseReplacement(EnvironmentHost host, string container, TimeSpan stopTimeout)
{
    private string Aside => $"{container}-before";

    /// <summary>Puts back what a run left aside that ended amid a replacement; does nothing when there is nothing.</summary>
    public async Task PutBackAsync(CancellationToken cancellation)
    {
        if (await host.Containers.FindAsync(Aside, cancellation) is null)
            return;
        await host.Containers.RemoveAsync(container, stopTimeout, cancellation);
        await OrderAsync("rename", [Aside, container], cancellation);
        await OrderAsync("start", [container], cancellation);
    }

    /// <summary>Replaces it.</summary>
    /// <param name="wanted">What takes its place.</param>
    /// <param name="proveAsync">Waits until the new one lets its owner in, and throws where it does not.</param>
    /// <param name="cancellation">Stops it, and puts the one before back.</param>
    /// <exception cref="DeliveryException">The new one cannot be started or lets nobody in; the one before runs again.</exception>
    public async Task RunAsync(ContainerSpecification wanted, Func<CancellationToken, Task> proveAsync, CancellationToken cancellation)
    {
        try
        {
            await OrderAsync("rename", [container, Aside], cancellation);
            await OrderAsync("stop", ["--time", $"{(int)stopTimeout.TotalSeconds}", Aside], cancellation);
            await host.Containers.EnsureAsync(wanted, cancellation);
            await proveAsync(cancellation);
        }
        catch (DeliveryException fault)
        {
            await PutBackAsync(CancellationToken.None);
            throw new DeliveryException($"{fault.Message}; the database before runs again", fault);
        }
        catch (OperationCanceledException)
        {
            await PutBackAsync(CancellationToken.None);
            throw;
        }
        await host.Containers.RemoveAsync(Aside, stopTimeout, cancellation);
    }

    private Task<string> OrderAsync(string order, string[] arguments, CancellationToken cancellation) => host.Docker.RunAsync(
        new DockerCall(["container", order, .. arguments]) { About = $"replacing container {container} ({order})", Timeout = stopTimeout + TimeSpan.FromSeconds(30) }, cancellation);
}
