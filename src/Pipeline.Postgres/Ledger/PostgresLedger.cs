using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Pipeline.Delivery;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Ledger;

/// <summary>
/// The ledger in the schema <c>pipeline_ledger</c> of a database, which it makes and upgrades itself. The database refuses to change history and refuses
/// writers whose fencing token was overtaken. Every write carries an entry number of its own, so that repeating it after a lost answer adds nothing.
/// </summary>
/// <param name="source">The database. The ledger does not dispose it.</param>
/// <param name="time">The clock of the recorded times; order never depends on it.</param>
public sealed class PostgresLedger(NpgsqlDataSource source, TimeProvider time) : ILedger
{
    private readonly PostgresFaults faults = new("ledger", source);
    private readonly LedgerSchema schema = new(source, time);

    /// <summary>
    /// Takes secrets out of a text before it is recorded: what people gave as a reason, and what programs said who failed. History is never changed, so what got into it would
    /// stay, and be told to whoever reads it. By default texts are recorded as they are.
    /// </summary>
    public Func<string, string> Hide { get; init; } = text => text;

    /// <inheritdoc />
    public Task<DeploymentRecord> BeginAsync(DeploymentRequest request, Colour colour, FencingToken token, CancellationToken cancellation)
    {
        var entry = Guid.NewGuid();
        var now = time.GetUtcNow();
        return WriteAsync($"beginning a deployment to {request.Environment.Name}", async (connection, cancel) =>
        {
            await ReleaseTable.RecordAsync(connection, request.Release, now, cancel);
            await Sql.ExecuteAsync(
                connection,
                """
                insert into pipeline_ledger.deployments (entry, environment, digest, colour, kind, requested_by, reason, token, started_at)
                values ($1, $2, $3, $4, $5, $6, $7::text, $8, $9) on conflict (entry) do nothing
                """,
                [entry, request.Environment.Name, request.Release.Digest.Value, colour.Name(), LedgerText.Of(request.Kind), Shown(request.By), Shown(request.Reason), token.Value, now],
                cancel);
            var begun = await DeploymentTable.ReadEntryAsync(connection, entry, cancel);
            if (request.Listener is { } listener)
                await TellingTable.RecordListenerAsync(connection, begun.Id, listener, Hide, token.Value, cancel);
            return begun;
        }, cancellation);
    }

    /// <inheritdoc />
    public Task RecordStepsAsync(long deployment, IReadOnlyList<StepRecord> steps, FencingToken token, CancellationToken cancellation)
    {
        if (steps.Count == 0)
            return Task.CompletedTask;
        var entries = steps.Select(_ => Guid.NewGuid()).ToArray();
        return WriteAsync($"recording step {steps[^1].Step} of deployment {deployment}", (connection, cancel) => Sql.ExecuteAsync(
            connection,
            """
            insert into pipeline_ledger.deployment_steps (entry, deployment, step, phase, detail, token, at)
            select entry, $2, step, phase, detail, $6, at
            from unnest($1::uuid[], $3::text[], $4::text[], $5::text[], $7::timestamptz[]) with ordinality as moments (entry, step, phase, detail, at, place)
            order by place on conflict (entry) do nothing
            """,
            [
                entries, deployment, steps.Select(step => step.Step).ToArray(), steps.Select(step => LedgerText.Of(step.Phase)).ToArray(),
                steps.Select(step => Shown(step.Detail)).ToArray(), token.Value, steps.Select(step => step.At.ToUniversalTime()).ToArray(),
            ],
            cancel), cancellation);
    }

    /// <inheritdoc />
    public Task RecordGatesAsync(long deployment, IReadOnlyList<GateVerdict> verdicts, FencingToken token, CancellationToken cancellation)
    {
        var entry = Guid.NewGuid();
        var now = time.GetUtcNow();
        return WriteAsync($"recording the gates of deployment {deployment}", async (connection, cancel) =>
        {
            foreach (var (ordinal, verdict) in verdicts.Index())
                await Sql.ExecuteAsync(
                    connection,
                    """
                    insert into pipeline_ledger.gate_verdicts (entry, ordinal, deployment, gate, outcome, detail, token, at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (entry, ordinal) do nothing
                    """,
                    [entry, ordinal, deployment, verdict.Gate, LedgerText.Of(verdict.Outcome), Shown(verdict.Detail), token.Value, now], cancel);
            return verdicts.Count;
        }, cancellation);
    }

    /// <inheritdoc />
    public Task RecordApprovalAsync(long deployment, Approval approval, FencingToken token, CancellationToken cancellation)
    {
        var entry = Guid.NewGuid();
        var now = time.GetUtcNow();
        return WriteAsync($"recording the approval of deployment {deployment}", (connection, cancel) => Sql.ExecuteAsync(
            connection,
            """
            insert into pipeline_ledger.approvals (deployment, entry, means, approved_by, reason, approved_at, token, at)
            values ($1, $2, $3, $4, $5::text, $6, $7, $8) on conflict (entry) do nothing
            """,
            [deployment, entry, LedgerText.Of(approval.Means), Shown(approval.By), Shown(approval.Reason), approval.At.ToUniversalTime(), token.Value, now], cancel), cancellation);
    }

    /// <inheritdoc />
    public Task FinishAsync(long deployment, DeploymentOutcome outcome, string? detail, FencingToken token, CancellationToken cancellation)
    {
        var entry = Guid.NewGuid();
        var now = time.GetUtcNow();
        return WriteAsync($"recording the end of deployment {deployment}", (connection, cancel) => Sql.ExecuteAsync(
            connection,
            """
            insert into pipeline_ledger.deployment_outcomes (deployment, entry, outcome, detail, token, finished_at)
            values ($1, $2, $3, $4::text, $5, $6) on conflict (entry) do nothing
            """,
            [deployment, entry, LedgerText.Of(outcome), Shown(detail), token.Value, now], cancel), cancellation);
    }

    /// <inheritdoc />
    public Task<DeploymentRecord?> FindUnfinishedAsync(string environment, CancellationToken cancellation) =>
        ReadAsync($"looking for an unfinished deployment to {environment}", (connection, cancel) => DeploymentTable.FindUnfinishedAsync(connection, environment, cancel), cancellation);

    /// <inheritdoc />
    public async Task<IReadOnlyList<DeploymentRecord>> ReadHistoryAsync(string environment, int atMost, CancellationToken cancellation) =>
        await ReadAsync($"reading the history of {environment}", (connection, cancel) => DeploymentTable.ReadHistoryAsync(connection, environment, atMost, cancel), cancellation);

    /// <inheritdoc />
    public async Task<ReleaseHistory> ReadReleasesAsync(string environment, CancellationToken cancellation) =>
        new(await ReadAsync($"reading what served {environment}", (connection, cancel) => DeploymentTable.ReadSucceededAsync(connection, environment, cancel), cancellation));

    /// <inheritdoc />
    public Task<Release?> FindReleaseAsync(string digestOrVersion, CancellationToken cancellation) =>
        ReadAsync($"looking for release {digestOrVersion}", async (connection, cancel) =>
        {
            var digests = await ReleaseTable.FindAsync(connection, digestOrVersion, cancel);
            var releases = await ReleaseTable.ReadAsync(connection, digests, cancel);
            if (digests.Count > 1)
                throw new DeliveryException(
                    $"release {digestOrVersion}: fits {string.Join(", ", digests.Select(digest => $"{digest} (version {releases[digest].Version})"))}; name one by more of its digest");
            return digests.Count == 0 ? null : releases[digests[0]];
        }, cancellation);

    /// <inheritdoc />
    public Task RecordRehearsalAsync(Release release, Rehearsal rehearsal, CancellationToken cancellation)
    {
        if (rehearsal.Digest != release.Digest)
            throw new DeliveryException($"release {release.Digest}: evidence for another release, {rehearsal.Digest}, was to be attached to it; rehearse the release itself");
        var entry = Guid.NewGuid();
        var now = time.GetUtcNow();
        return WriteAsync($"recording evidence on release {release.Digest.Abbreviated}", async (connection, cancel) =>
        {
            await ReleaseTable.RecordAsync(connection, release, now, cancel);
            return await Sql.ExecuteAsync(
                connection,
                """
                insert into pipeline_ledger.rehearsals (entry, digest, environment, "check", passed, performed_by, detail, at)
                values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (entry) do nothing
                """,
                [entry, release.Digest.Value, rehearsal.Environment, rehearsal.Check, rehearsal.Passed, Shown(rehearsal.By), Shown(rehearsal.Detail), rehearsal.At.ToUniversalTime()], cancel);
        }, cancellation);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Rehearsal>> ReadRehearsalsAsync(Digest digest, CancellationToken cancellation) =>
        await ReadAsync($"reading the evidence on release {digest.Abbreviated}", (connection, cancel) => Sql.QueryAsync(
            connection,
            """select environment, "check", passed, at, performed_by, detail from pipeline_ledger.rehearsals where digest = $1 order by number desc""",
            [digest.Value],
            row => new Rehearsal(digest, row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4), row.GetString(5)),
            cancel), cancellation);

    [return: NotNullIfNotNull(nameof(text))]
    private string? Shown(string? text) => text is null ? null : Hide(text);

    private async Task<T> ReadAsync<T>(string doing, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await schema.EnsureAsync(cancellation);
        return await faults.RetryAsync(doing, async token =>
        {
            await using var connection = await source.OpenConnectionAsync(token);
            return await work(connection, token);
        }, cancellation);
    }

    private Task<T> WriteAsync<T>(string doing, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        ReadAsync(doing, async (connection, token) =>
        {
            await using var transaction = await connection.BeginTransactionAsync(token);
            var result = await work(connection, token);
            await transaction.CommitAsync(token);
            return result;
        }, cancellation);
}
