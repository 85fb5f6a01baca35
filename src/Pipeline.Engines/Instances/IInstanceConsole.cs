namespace Pipeline.Engines.Instances;

/// <summary>What a person may do with a running instance: read along, and look around inside.</summary>
public interface IInstanceConsole
{
    /// <summary>The lines that an instance writes, from the last ones on, as they come; ends when the instance does.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="lines">How many of the last lines come first.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Delivery.DeliveryException">There is no such instance.</exception>
    IAsyncEnumerable<string> FollowLogAsync(string id, int lines, CancellationToken cancellation);

    /// <summary>Opens a shell inside an instance, joined to this program's own terminal or, where there is none, to its input and output.</summary>
    /// <returns>The exit code of the shell.</returns>
    /// <exception cref="Delivery.DeliveryException">There is no such instance, or it does not run.</exception>
    Task<int> OpenShellAsync(string id, CancellationToken cancellation);
}
