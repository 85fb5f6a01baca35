using Pipeline.Delivery;

namespace Pipeline.Postgres.Connections;

/// <summary>One database that an environment, or the ledger, lives on: an embedded server's, or one that somebody else runs.</summary>
public interface IDatabaseServer
{
    /// <summary>Whether it was ever made, and whether somebody keeps it running.</summary>
    DatabaseLife Life { get; }

    /// <summary>Makes sure that the database answers, creating and starting what is ours to create and start.</summary>
    /// <exception cref="DeliveryException">It does not answer, is too old, or could not be started.</exception>
    Task<PostgresServer> EnsureRunningAsync(CancellationToken cancellation);

    /// <summary>The database when it answers now, null when it does not. Changes nothing.</summary>
    Task<PostgresServer?> ObserveAsync(CancellationToken cancellation);

    /// <summary>Stops the server, when it is ours. The data stay.</summary>
    Task StopAsync(CancellationToken cancellation);

    /// <summary>Stops the server and forgets all its data, when it is ours.</summary>
    Task DeleteAsync(CancellationToken cancellation);
}

/// <summary>What was done with a database, whether or not it answers at this moment.</summary>
public enum DatabaseLife
{
    /// <summary>Never made.</summary>
    Absent,

    /// <summary>Made, and nobody keeps it running.</summary>
    Stopped,

    /// <summary>Somebody keeps it running: it answers, or will again.</summary>
    Kept,
}
