using System.Globalization;
using Npgsql;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Migrations.Applying;
using Pipeline.Postgres.Migrations.Files;

namespace Pipeline.Postgres.Migrations;

/// <summary>
/// Applies the migrations of a release, in order, each once. Each is one transaction together with its row in <c>public.pipeline_migrations</c>, unless its file
/// opts out. One runner at a time; a second one is refused and told who the first is.
/// </summary>
/// <param name="target">The application's database, as a role that may create tables in schema <c>public</c>. The runner does not dispose it.</param>
/// <param name="files">Unpacks the release, whose <c>migrations</c> folder is read.</param>
/// <param name="time">The clock of recorded times, durations and pauses.</param>
/// <param name="log">Told of every migration applied and of everything waited for.</param>
/// <param name="settings">Times and names.</param>
public sealed class MigrationRunner(NpgsqlDataSource target, IApplicationFiles files, TimeProvider time, IDeliveryLog log, MigrationSettings settings) : IMigrator
{
    private readonly PostgresFaults faults = new(settings.Subject, target);
    private readonly LockPatience patience = new(settings, time, log);

    /// <inheritdoc />
    public async Task<MigrationStatus> ObserveAsync(Release release, CancellationToken cancellation)
    {
        var (carried, fileFaults) = await LoadAsync(release, cancellation);
        return await faults.RetryAsync("reading its migrations", async token =>
        {
            await using var connection = await target.OpenConnectionAsync(token);
            return MigrationComparison.Compare(release, carried, fileFaults, await MigrationTable.ReadAsync(connection, token));
        }, cancellation);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ApplyAsync(Release release, FencingToken token, CancellationToken cancellation)
    {
        var (carried, fileFaults) = await LoadAsync(release, cancellation);
        IReadOnlyList<string>? applied = null;
        await faults.RetryAsync("migrating", async cancel =>
        {
            await using var session = await MigrationLock.TakeAsync(target, faults.Name, cancel);
            await MigrationTable.EnsureAsync(session.Connection, cancel);
            await MigrationFence.CheckAsync(session.Connection, token, faults.Name, cancel);
            var rows = await MigrationTable.ReadAsync(session.Connection, cancel);
            var status = MigrationComparison.Compare(release, carried, fileFaults, rows);
            if (status.Faults.Count > 0)
                throw new DeliveryException(string.Join(System.Environment.NewLine, [$"{faults.Name}: its migrations cannot be applied:", .. status.Faults.Select(fault => $"  {fault}")]));
            // When the connection is lost, the second attempt finds fewer missing; the answer is still what was missing at first.
            applied ??= [.. status.Pending.Select(migration => migration.Id)];
            foreach (var file in carried.Where(file => status.Pending.Contains(file.Migration)))
                await ApplyAsync(session, file, rows, release, token, cancel);
            return true;
        }, cancellation);
        return applied!;
    }

    private async Task ApplyAsync(MigrationLock session, MigrationFile file, MigrationRows rows, Release release, FencingToken token, CancellationToken cancellation)
    {
        await session.ResetAsync(cancellation);
        var since = time.GetTimestamp();
        var step = new MigrationStep(
            session.Connection, file, release, token, file.Directives.LockTimeout ?? settings.LockTimeout, file.Directives.StatementTimeout ?? settings.StatementTimeout);
        if (file.Directives.NoTransaction)
            await new StepwiseMigration(patience, time, log).ApplyAsync(step, rows.Unfinished.FirstOrDefault(row => row.Id == file.Id), cancellation);
        else
            await new WholeMigration(patience, time).ApplyAsync(step, cancellation);
        log.Information(string.Create(CultureInfo.InvariantCulture, $"migration {file.Id} applied in {time.GetElapsedTime(since).TotalSeconds:0.00} s"));
    }

    private async Task<(IReadOnlyList<MigrationFile> Files, IReadOnlyList<string> Faults)> LoadAsync(Release release, CancellationToken cancellation)
    {
        var application = await files.UnpackAsync(release.Digest, cancellation);
        return MigrationFiles.Load(Path.Combine(application.WorkingDirectory, MigrationFiles.Folder));
    }
}
