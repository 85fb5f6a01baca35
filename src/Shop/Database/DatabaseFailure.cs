using System.Net.Sockets;
using Npgsql;

namespace Shop.Database;

/// <summary>Tells a database that is away for the moment from a fault of this program.</summary>
internal static class DatabaseFailure
{
    private const string ConnectionClass = "08";
    private const string ResourcesClass = "53";
    private const string InterventionClass = "57";

    /// <summary>Whether the same request may succeed in a moment.</summary>
    public static bool IsTemporary(Exception failure) => failure switch
    {
        PostgresException answer => IsServerUnavailable(answer),
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => true,
        // The pool is exhausted, or the server does not let anybody in.
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>Whether the connection was dead rather than the statement wrong.</summary>
    public static bool IsLostConnection(NpgsqlException failure) =>
        failure is PostgresException answer
            ? answer.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            : failure.InnerException is IOException or SocketException;

    private static bool IsServerUnavailable(PostgresException answer) =>
        answer.SqlState.StartsWith(ConnectionClass, StringComparison.Ordinal)
        || answer.SqlState.StartsWith(ResourcesClass, StringComparison.Ordinal)
        || answer.SqlState.StartsWith(InterventionClass, StringComparison.Ordinal)
        || answer.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable;
}
