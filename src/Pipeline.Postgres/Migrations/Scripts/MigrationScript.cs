using System.Globalization;
using System.Text;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Migrations.Applying;
using Pipeline.Postgres.Migrations.Files;

namespace Pipeline.Postgres.Migrations.Scripts;

/// <summary>
/// The migrations of a release as one script for <c>psql</c>, for places where the runner is not: it applies what is missing and keeps the same record, so that
/// the runner and the application find the database as if the runner had done it.
/// </summary>
public static class MigrationScript
{
    /// <summary>Writes the script.</summary>
    /// <param name="release">The release.</param>
    /// <param name="directory">Its migrations folder.</param>
    /// <exception cref="DeliveryException">Files have faults; all are named with file and line.</exception>
    public static string Render(Release release, string directory)
    {
        var (files, faults) = MigrationFiles.Load(directory);
        if (faults.Count > 0)
            throw new DeliveryException(string.Join(Environment.NewLine, [$"{directory}: the migrations cannot be used:", .. faults.Select(fault => $"  {fault}")]));
        var script = new StringBuilder()
            .Append("-- Applies the migrations of ").Append(release.Version).Append(" that are missing. Run with: psql --set ON_ERROR_STOP=1 --file\n")
            .Append("set client_min_messages = warning;\n").Append(MigrationTable.Tables).Append(";\n");
        foreach (var file in files)
            Append(script, file, release);
        return script.ToString();
    }

    private static void Append(StringBuilder script, MigrationFile file, Release release)
    {
        script.Append(CultureInfo.InvariantCulture, $"\nselect not exists (select 1 from public.pipeline_migrations where id = {Quote(file.Id)}) as pipeline_wanted \\gset\n\\if :pipeline_wanted\n")
            .Append(CultureInfo.InvariantCulture, $"\\echo applying {file.Name}\n");
        if (!file.Directives.NoTransaction)
            script.Append("begin;\n");
        foreach (var statement in file.Statements)
            script.Append(statement.Text).Append("\n;\n");
        script.Append("insert into public.pipeline_migrations (id, checksum, backward_compatible, applied_at, duration_ms, release, version, token)\n")
            .Append(CultureInfo.InvariantCulture, $"values ({Quote(file.Id)}, {Quote(file.Migration.Checksum)}, {(file.Migration.BackwardCompatible ? "true" : "false")}, now(), 0, {Quote(release.Digest.Value)}, {Quote(release.Version)}, 0);\n");
        if (!file.Directives.NoTransaction)
            script.Append("commit;\n");
        script.Append("\\endif\n");
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
