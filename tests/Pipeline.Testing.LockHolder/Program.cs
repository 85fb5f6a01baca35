using Npgsql;
using Pipeline.Postgres.Locks;

// Takes the lock of an environment, says its token, and holds it until it is killed: what a build program does that a test wants to kill.
await using var source = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("LEDGER")!);
await using var lease = await new PostgresDeploymentLock(source, TimeProvider.System).AcquireAsync(args[0], args[1], CancellationToken.None);
Console.WriteLine(lease.Token.Value);
await Task.Delay(Timeout.InfiniteTimeSpan, lease.Lost);
