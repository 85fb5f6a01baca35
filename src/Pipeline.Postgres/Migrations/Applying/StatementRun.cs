using System.Globalization;
using Npgsql;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Migrations.Statements;

namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>Sends one statement of a migration and says on which line of the file it failed.</summary>
internal static class StatementRun
{
    public static async Task RunAsync(MigrationStep step, SqlStatement statement, CancellationToken cancellation)
    {
        try
        {
            await using var command = new NpgsqlCommand(Envelop(statement), step.Connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException fault) when (!PostgresFaults.MayPass(fault) && fault.SqlState != PostgresErrorCodes.LockNotAvailable)
        {
            throw new DeliveryException($"{step.File.Name}:{LineOf(statement, fault)}: {Sentence(step, fault)}", fault);
        }
    }

    /// <summary>Sets how long a statement may wait and work; <paramref name="local"/> is <c>local</c> inside a transaction and empty outside.</summary>
    public static Task<int> LimitAsync(MigrationStep step, string local, TimeSpan lockTimeout, CancellationToken cancellation) => Sql.ExecuteAsync(
        step.Connection,
        string.Create(
            CultureInfo.InvariantCulture,
            $"set {local} lock_timeout = {lockTimeout.TotalMilliseconds:0}; set {local} statement_timeout = {step.StatementTimeout?.TotalMilliseconds ?? 0:0}"),
        [], cancellation);

    /// <summary>Npgsql cuts at semicolons, also at those of <c>begin atomic … end</c>: such a statement travels inside a string that the server executes.</summary>
    private static string Envelop(SqlStatement statement)
    {
        if (!statement.Code.Contains(';', StringComparison.Ordinal))
            return statement.Text;
        var tag = Enumerable.Range(0, int.MaxValue).Select(number => $"$envelope{number}$").First(tag => !statement.Text.Contains(tag, StringComparison.Ordinal));
        return $"do $outer{tag[1..]} begin execute {tag}{statement.Text}{tag}; end $outer{tag[1..]}";
    }

    private static int LineOf(SqlStatement statement, PostgresException fault)
    {
        var position = fault.InternalPosition > 0 ? fault.InternalPosition : fault.Position;
        return statement.Line + (position > 0 ? statement.Text.AsSpan(0, Math.Min(position - 1, statement.Text.Length)).Count('\n') : 0);
    }

    private static string Sentence(MigrationStep step, PostgresException fault)
    {
        var limit = step.StatementTimeout is { } time ? string.Create(CultureInfo.InvariantCulture, $" of {time.TotalSeconds:0.##} s") : "";
        var what = fault.SqlState == PostgresErrorCodes.QueryCanceled
            ? $"took longer than its statement-timeout{limit}; raise it at the top of the file, or do the work in smaller pieces"
            : $"{fault.MessageText} (SQLSTATE {fault.SqlState}){Part(", detail: ", fault.Detail)}{Part(", hint: ", fault.Hint)}; correct the statement, or the data it meets";
        var rest = step.File.Directives.NoTransaction
            ? "what came before it in the file stays, and the next run goes on here"
            : "nothing of this file was kept";
        return $"{what}; {rest}";
    }

    private static string Part(string name, string? text) => string.IsNullOrEmpty(text) ? "" : name + text;
}
