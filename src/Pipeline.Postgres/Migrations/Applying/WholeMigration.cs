namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>Applies a migration in one transaction together with the row that says so: all of it or nothing.</summary>
internal sealed class WholeMigration(LockPatience patience, TimeProvider time)
{
    public async Task ApplyAsync(MigrationStep step, CancellationToken cancellation)
    {
        await patience.RunAsync(step.Connection, step.File.Name, step.LockTimeout, () => TryAsync(step, cancellation), cancellation);
    }

    private async Task TryAsync(MigrationStep step, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        await using var transaction = await step.Connection.BeginTransactionAsync(cancellation);
        await MigrationFence.CheckAsync(step.Connection, step.Token, step.File.Name, cancellation);
        await StatementRun.LimitAsync(step, "local", step.LockTimeout, cancellation);
        foreach (var statement in step.File.Statements)
            await StatementRun.RunAsync(step, statement, cancellation);
        await MigrationTable.FinishAsync(step.Connection, step.File, step.Release, step.Token, time.GetUtcNow(), time.GetElapsedTime(since), cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
