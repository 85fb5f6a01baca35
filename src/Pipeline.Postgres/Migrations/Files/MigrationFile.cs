using System.Security.Cryptography;
using System.Text;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Migrations.Statements;

namespace Pipeline.Postgres.Migrations.Files;

/// <summary>One migration as it lies in a folder.</summary>
internal sealed record MigrationFile(Migration Migration, string Name, MigrationDirectives Directives, IReadOnlyList<SqlStatement> Statements, IReadOnlyList<SqlFault> Faults)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Id => Migration.Id;

    public static MigrationFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var faults = new List<SqlFault>();
        var text = Decode(bytes, faults);
        var directives = MigrationDirectives.Read(text, faults);
        var script = SqlSplitter.Split(text);
        faults.AddRange(script.Faults);
        faults.AddRange(script.Statements.Select(statement => FindFault(statement, directives)).OfType<SqlFault>());
        if (script.Statements.Count == 0)
            faults.Add(new SqlFault(1, "there is no statement in it; write one, or remove the file"));
        var migration = new Migration(Path.GetFileNameWithoutExtension(path), Convert.ToHexStringLower(SHA256.HashData(bytes)), !directives.Contract);
        return new MigrationFile(migration, Path.GetFileName(path), directives, script.Statements, faults);
    }

    /// <summary>The hash of the first statements, by which a migration that stopped half-way knows whether its beginning is still the same.</summary>
    public string HashOfFirst(int count) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', Statements.Take(count).Select(statement => statement.Text)))));

    private static string Decode(byte[] bytes, List<SqlFault> faults)
    {
        try
        {
            var text = Strict.GetString(bytes);
            if (text.Contains('\0', StringComparison.Ordinal))
                faults.Add(new SqlFault(1, "it holds a zero byte, which no statement can; remove it"));
            return text.TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            faults.Add(new SqlFault(1, "it is not UTF-8; save it as UTF-8"));
            return "";
        }
    }

    private static SqlFault? FindFault(SqlStatement statement, MigrationDirectives directives)
    {
        if (SqlShapes.TransactionControl().IsMatch(statement.Code))
            return new(statement.Line, "it begins or ends a transaction, which is the runner's to do; remove the statement, or opt out with '-- pipeline: no-transaction'");
        if (SqlShapes.CopyThroughClient().IsMatch(statement.Code))
            return new(statement.Line, "COPY through the client is not supported; write INSERT statements");
        if (!directives.NoTransaction && SqlShapes.OutsideTransaction().Match(statement.Code) is { Success: true } outside && !MayBeInside(outside.Value))
            return new(statement.Line, $"{outside.Value.ToUpperInvariant()} cannot run inside a transaction; put '-- pipeline: no-transaction' at the top of the file");
        if (SqlShapes.ConcurrentIndex().Match(statement.Code) is { Success: true } index && !index.Groups["name"].Success)
            return new(statement.Line, "an index built concurrently needs a name, by which a run that was interrupted finds it again; name it");
        return null;
    }

    private static bool MayBeInside(string words) => words.ToLowerInvariant() is "do" or "call";
}
