using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using Pipeline.Delivery;
using Polly;
using Polly.Retry;

namespace Pipeline.Postgres.Connections;

/// <summary>Turns what Npgsql throws into a message with object, value and remedy, and repeats what may be repeated.</summary>
/// <param name="subject">The object in the user's words: <c>ledger</c>, <c>database of staging</c>.</param>
/// <param name="source">The database; only its host, port, database and user are ever shown.</param>
internal sealed class PostgresFaults(string subject, NpgsqlDataSource source)
{
    private const string ConnectionRemedy = "look whether the server runs and whether this machine reaches it, then run again";

    /// <summary>Errors that the schema raises with a message meant for people.</summary>
    private const string OwnErrorClass = "PL";

    // Together about seven seconds: longer than a crashed server needs to come back, shorter than a person's patience.
    private readonly ResiliencePipeline retries = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(MayPass).Handle<TimeoutException>(),
            MaxRetryAttempts = 7,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(2),
        }).Build();

    private readonly NpgsqlConnectionStringBuilder address = new(source.ConnectionString);

    /// <summary><c>ledger 127.0.0.1:5432/ledger</c>.</summary>
    public string Name => $"{subject} {PostgresUrl.Bracketed(address.Host ?? "")}:{address.Port}/{address.Database}";

    /// <summary>Runs work that is safe to repeat, again while the fault may pass.</summary>
    public Task<T> RetryAsync<T>(string doing, Func<CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        GuardAsync(doing, async () => await retries.ExecuteAsync(async token => await work(token), cancellation));

    /// <summary>Runs work once.</summary>
    public async Task<T> GuardAsync<T>(string doing, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception cause) when (cause is NpgsqlException or TimeoutException or SocketException)
        {
            throw Explain(doing, cause);
        }
    }

    /// <summary>The message for a fault.</summary>
    public DeliveryException Explain(string doing, Exception cause) => cause switch
    {
        PostgresException server when server.SqlState.StartsWith(OwnErrorClass, StringComparison.Ordinal) => new($"{Name}: {server.MessageText}", cause),
        PostgresException server => new($"{Name}: {doing}: {Sentence(server)}", cause) { IsTransient = MayPass(server) },
        _ => new($"{Name}: {doing}: no connection ({Innermost(cause)}); {ConnectionRemedy}", cause) { IsTransient = true },
    };

    /// <summary>Whether the same attempt may succeed a moment later.</summary>
    public static bool MayPass(NpgsqlException fault) => fault is PostgresException server
        ? server.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.TooManyConnections
        : fault.IsTransient || fault.InnerException is IOException or SocketException or TimeoutException;

    private string Sentence(PostgresException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => $"the password of user {address.Username} is refused; correct it in the address",
        PostgresErrorCodes.InvalidAuthorizationSpecification => $"user {address.Username} is refused ({fault.MessageText}); correct the address or the server's pg_hba.conf",
        PostgresErrorCodes.InvalidCatalogName => $"database {address.Database} does not exist; create it or correct the address",
        PostgresErrorCodes.DiskFull => $"the server's disk is full ({fault.MessageText}); free space there, then run again",
        PostgresErrorCodes.InsufficientPrivilege => $"user {address.Username} may not ({fault.MessageText}); grant it to that user or name another",
        PostgresErrorCodes.TooManyConnections => "the server has no connection left; end some or raise max_connections",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            $"the server is stopping or starting ({fault.MessageText}); wait for it, then run again",
        _ => string.Create(CultureInfo.InvariantCulture, $"{fault.MessageText}{Detail(fault)} (SQLSTATE {fault.SqlState})"),
    };

    private static string Detail(PostgresException fault) => fault.Hint is null ? "" : $", hint: {fault.Hint}";

    private static string Innermost(Exception fault)
    {
        while (fault.InnerException is not null)
            fault = fault.InnerException;
        return fault.Message;
    }
}
