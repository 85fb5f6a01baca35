using Npgsql;

namespace Shop.Database;

/// <summary>Tells a database that is away for the moment from a fault of this program.</summary>
internal static class DatabaseFailure
{
    // Connection exceptions, refused logins, a missing database, insufficient resources, operator intervention:
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static readonly string[] UnavailableClasses = ["08", "28", "3D", "53", "57"];

    /// <summary>Whether the same request may succeed in a moment.</summary>
    public static bool IsTemporary(Exception failure) => failure switch
    {
        PostgresException answer => IsServerUnavailable(answer),
        // No connection, one that broke, or a pool with nobody free.
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>Whether a connection that once worked was dead, rather than the statement wrong or the server away.</summary>
    public static bool IsLostConnection(NpgsqlException failure) =>
        failure is PostgresException answer
            ? answer.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            : failure.InnerException is IOException;

    private static bool IsServerUnavailable(PostgresException answer) =>
        UnavailableClasses.Any(state => answer.SqlState.StartsWith(state, StringComparison.Ordinal))
        || answer.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable;
}
