using Npgsql;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Ledger;

/// <summary>Reads deployments whole: with release, steps and outcome.</summary>
internal static class DeploymentTable
{
    private const int HistoryDepth = 200;

    private const string Select = """
        select d.id, d.environment, d.digest, d.colour, d.kind, d.requested_by, d.reason, d.started_at, o.finished_at, o.outcome, o.detail,
          a.means, a.approved_by, a.reason, a.approved_at
        from pipeline_ledger.deployments d left join pipeline_ledger.deployment_outcomes o on o.deployment = d.id left join pipeline_ledger.approvals a on a.deployment = d.id
        """;

    public static Task<List<DeploymentRecord>> ReadHistoryAsync(NpgsqlConnection connection, string environment, int atMost, CancellationToken cancellation) =>
        ReadAsync(connection, "where d.environment = $1 order by d.id desc limit $2", [environment, atMost], cancellation);

    /// <summary>Deployments that succeeded, newest first, without their steps: as many as a way back may need.</summary>
    public static async Task<IReadOnlyList<DeploymentRecord>> ReadSucceededAsync(NpgsqlConnection connection, string environment, CancellationToken cancellation) =>
        await DescribeAsync(
            connection, await QueryAsync(connection, $"where d.environment = $1 and o.outcome = $2 order by d.id desc limit {HistoryDepth}",
                [environment, LedgerText.Of(DeploymentOutcome.Succeeded)], cancellation),
            _ => [], cancellation);

    public static async Task<DeploymentRecord?> FindUnfinishedAsync(NpgsqlConnection connection, string environment, CancellationToken cancellation) =>
        (await ReadAsync(connection, "where d.environment = $1 and o.deployment is null order by d.id desc limit 1", [environment], cancellation)).SingleOrDefault();

    /// <summary>The deployments with these numbers, without their steps, in no order.</summary>
    public static async Task<IReadOnlyList<DeploymentRecord>> ReadNumbersAsync(NpgsqlConnection connection, long[] numbers, CancellationToken cancellation) =>
        await DescribeAsync(connection, await QueryAsync(connection, "where d.id = any($1)", [numbers], cancellation), _ => [], cancellation);

    public static async Task<DeploymentRecord> ReadEntryAsync(NpgsqlConnection connection, Guid entry, CancellationToken cancellation) =>
        (await ReadAsync(connection, "where d.entry = $1", [entry], cancellation)).Single();

    private static async Task<List<DeploymentRecord>> ReadAsync(NpgsqlConnection connection, string condition, object?[] values, CancellationToken cancellation)
    {
        var rows = await QueryAsync(connection, condition, values, cancellation);
        if (rows.Count == 0)
            return [];
        var steps = (await Sql.QueryAsync(
            connection, "select deployment, step, phase, at, detail from pipeline_ledger.deployment_steps where deployment = any($1) order by number",
            [rows.Select(row => row.Id).ToArray()],
            row => (Deployment: row.GetInt64(0), Step: new StepRecord(row.GetString(1), LedgerText.ToPhase(row.GetString(2)), row.GetFieldValue<DateTimeOffset>(3), row.Text(4))),
            cancellation)).ToLookup(row => row.Deployment, row => row.Step);
        return await DescribeAsync(connection, rows, row => [.. steps[row.Id]], cancellation);
    }

    private static Task<List<Row>> QueryAsync(NpgsqlConnection connection, string condition, object?[] values, CancellationToken cancellation) =>
        Sql.QueryAsync(connection, $"{Select} {condition}", values, Row.Read, cancellation);

    private static async Task<List<DeploymentRecord>> DescribeAsync(
        NpgsqlConnection connection, List<Row> rows, Func<Row, IReadOnlyList<StepRecord>> steps, CancellationToken cancellation)
    {
        var releases = await ReleaseTable.ReadAsync(connection, [.. rows.Select(row => row.Digest).Distinct()], cancellation);
        return
        [
            .. rows.Select(row => new DeploymentRecord(
                row.Id, row.Environment, releases[row.Digest], LedgerText.ToColour(row.Colour), LedgerText.ToKind(row.Kind), row.By, row.Reason, row.StartedAt,
                row.FinishedAt, row.Outcome is null ? null : LedgerText.ToOutcome(row.Outcome), row.Detail, steps(row))
            {
                Approval = row.Approval,
            }),
        ];
    }

    private sealed record Row(
        long Id, string Environment, string Digest, string Colour, string Kind, string By, string? Reason, DateTimeOffset StartedAt,
        DateTimeOffset? FinishedAt, string? Outcome, string? Detail, Approval? Approval)
    {
        public static Row Read(NpgsqlDataReader from) => new(
            from.GetInt64(0), from.GetString(1), from.GetString(2), from.GetString(3), from.GetString(4), from.GetString(5), from.Text(6),
            from.GetFieldValue<DateTimeOffset>(7), from.IsDBNull(8) ? null : from.GetFieldValue<DateTimeOffset>(8), from.Text(9), from.Text(10),
            from.IsDBNull(11) ? null : new(from.GetString(12), LedgerText.ToMeans(from.GetString(11)), from.Text(13), from.GetFieldValue<DateTimeOffset>(14)));
    }
}
