using Npgsql;
using Pipeline.Delivery.Telling;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Ledger;

/// <summary>Who is to be told of deployments, and what they were told.</summary>
internal static class TellingTable
{
    // A name that nobody can ever have, RFC 2606.
    private const string HiddenAddress = "https://hidden.invalid/";

    public static Task<int> RecordListenerAsync(
        NpgsqlConnection connection, long deployment, Listener listener, Func<string, string> hide, long token, CancellationToken cancellation) => Sql.ExecuteAsync(
        connection,
        """
        insert into pipeline_ledger.listeners (deployment, listener, url, log, production, transient, token) values ($1, $2, $3, $4::text, $5, $6, $7)
        on conflict (deployment) do nothing
        """,
        [deployment, listener.Name, Hidden(listener.Url, hide), listener.Log is { } log ? Hidden(log, hide) : null, listener.IsProduction, listener.IsTransient, token], cancellation);

    public static async Task<IReadOnlyList<ToldDeployment>> ReadAsync(NpgsqlConnection connection, string name, int atMost, CancellationToken cancellation)
    {
        // Earlier rows have the name as somebody wrote it; GitHub tells no two repositories apart by the case of their names.
        var listeners = await Sql.QueryAsync(
            connection, "select deployment, url, log, production, transient from pipeline_ledger.listeners where lower(listener) = lower($1) order by deployment desc limit $2", [name, atMost],
            row => (Deployment: row.GetInt64(0), Listener: new Listener(name, new(row.GetString(1)))
            {
                Log = row.Text(2) is { } log ? new(log) : null,
                IsProduction = row.GetBoolean(3),
                IsTransient = row.GetBoolean(4),
            }),
            cancellation);
        var numbers = listeners.Select(row => row.Deployment).ToArray();
        var told = (await Sql.QueryAsync(
            connection, "select deployment, fact, min(reference) from pipeline_ledger.tellings where lower(listener) = lower($1) and deployment = any($2) group by deployment, fact", [name, numbers],
            row => (Deployment: row.GetInt64(0), Fact: LedgerText.ToFact(row.GetString(1)), Reference: row.GetInt64(2)), cancellation)).ToLookup(row => row.Deployment);
        var deployments = (await DeploymentTable.ReadNumbersAsync(connection, numbers, cancellation)).ToDictionary(deployment => deployment.Id);
        return
        [
            .. Enumerable.Reverse(listeners).Select(row => new ToldDeployment(
                deployments[row.Deployment], row.Listener, told[row.Deployment].ToDictionary(fact => fact.Fact, fact => fact.Reference))),
        ];
    }

    /// <summary>Without its secrets, and an address still.</summary>
    private static string Hidden(Uri address, Func<string, string> hide) =>
        hide(address.ToString()) is var text && Uri.TryCreate(text, UriKind.Absolute, out _) ? text : HiddenAddress;
}
