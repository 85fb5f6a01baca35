using Npgsql;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Migrations.Statements;

namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>
/// Applies a migration that opted out of the transaction, one statement at a time, and remembers how far it came. A statement that can run in a transaction runs
/// in one together with that memory; only one that cannot, such as <c>create index concurrently</c>, may be met done but not remembered.
/// </summary>
internal sealed class StepwiseMigration(LockPatience patience, TimeProvider time, IDeliveryLog log)
{
    public async Task ApplyAsync(MigrationStep step, UnfinishedMigration? unfinished, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        var file = step.File;
        await MigrationFence.CheckAsync(step.Connection, step.Token, step.File.Name, cancellation);
        var done = unfinished?.Statements ?? 0;
        if (unfinished is null)
            await MigrationTable.RecordProgressAsync(step.Connection, file, 0, step.Release, step.Token, time.GetUtcNow(), cancellation);
        else
            log.Information($"{file.Name}: goes on after {done} of {file.Statements.Count} statements");
        for (var next = done; next < file.Statements.Count; next++)
        {
            var statement = file.Statements[next];
            if (SqlShapes.OutsideTransaction().IsMatch(statement.Code))
                await RunBareAsync(step, next, mayBeDone: unfinished is not null && next == done, cancellation);
            else
                await RunTogetherAsync(step, next, cancellation);
        }
        await using var transaction = await step.Connection.BeginTransactionAsync(cancellation);
        await MigrationTable.FinishAsync(step.Connection, file, step.Release, step.Token, time.GetUtcNow(), time.GetElapsedTime(since), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private Task RunTogetherAsync(MigrationStep step, int index, CancellationToken cancellation) => patience.RunAsync(step.Connection, Name(step, index), step.LockTimeout, async () =>
    {
        await using var transaction = await step.Connection.BeginTransactionAsync(cancellation);
        await MigrationFence.CheckAsync(step.Connection, step.Token, step.File.Name, cancellation);
        await StatementRun.LimitAsync(step, "local", step.LockTimeout, cancellation);
        await StatementRun.RunAsync(step, step.File.Statements[index], cancellation);
        await RememberAsync(step, index, cancellation);
        await transaction.CommitAsync(cancellation);
    }, cancellation);

    private Task RunBareAsync(MigrationStep step, int index, bool mayBeDone, CancellationToken cancellation)
    {
        var statement = step.File.Statements[index];
        // Such a statement waits for other transactions without keeping anybody waiting: only a time that the file names ends it.
        var lockTimeout = SqlShapes.Concurrently().IsMatch(statement.Code) ? step.File.Directives.LockTimeout ?? TimeSpan.Zero : step.LockTimeout;
        return patience.RunAsync(step.Connection, Name(step, index), lockTimeout, async () =>
        {
            await StatementRun.LimitAsync(step, "", lockTimeout, cancellation);
            if (ConcurrentIndex.Find(statement) is { } built)
                await BuildAsync(step, statement, built, mayBeDone, cancellation);
            else
                await RunAgainAsync(step, statement, mayBeDone, cancellation);
            await RememberAsync(step, index, cancellation);
        }, cancellation);
    }

    private async Task BuildAsync(MigrationStep step, SqlStatement statement, ConcurrentIndex index, bool mayBeDone, CancellationToken cancellation)
    {
        var state = await index.ObserveAsync(step.Connection, cancellation);
        if (state is { Valid: true } && mayBeDone)
        {
            log.Information($"{step.File.Name}: index {state.Name} was finished by the run before");
            return;
        }
        if (state is { Valid: false })
        {
            log.Warning($"{step.File.Name}: index {state.Name} was left invalid by an attempt that failed; it is dropped and built again");
            await ConcurrentIndex.DropAsync(step.Connection, state, cancellation);
        }
        await StatementRun.RunAsync(step, statement, cancellation);
    }

    private async Task RunAgainAsync(MigrationStep step, SqlStatement statement, bool mayBeDone, CancellationToken cancellation)
    {
        if (mayBeDone)
            log.Warning($"{step.File.Name}:{statement.Line}: the run before ended in or before this statement; it runs again");
        try
        {
            await StatementRun.RunAsync(step, statement, cancellation);
        }
        catch (DeliveryException fault) when (mayBeDone && SqlShapes.ConcurrentDrop().IsMatch(statement.Code)
            && fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UndefinedObject })
        {
            log.Information($"{step.File.Name}:{statement.Line}: the index was dropped by the run before");
        }
    }

    private Task RememberAsync(MigrationStep step, int index, CancellationToken cancellation) =>
        MigrationTable.RecordProgressAsync(step.Connection, step.File, index + 1, step.Release, step.Token, time.GetUtcNow(), cancellation);

    private static string Name(MigrationStep step, int index) => $"{step.File.Name}:{step.File.Statements[index].Line}";
}
