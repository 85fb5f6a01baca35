using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Postgres.Migrations.Files;

/// <summary>
/// The migrations in a folder: files <c>0001_name.sql</c>, numbered from 0001 without a gap, read in the ordinal order of their names. Files that end in <c>.md</c>
/// may lie beside them. A folder that does not exist holds no migrations.
/// </summary>
public static partial class MigrationFiles
{
    /// <summary>The name of the folder, below the application's working directory.</summary>
    public const string Folder = "migrations";

    /// <summary>The migrations as a release carries them.</summary>
    /// <param name="directory">The folder, normally <c>migrations</c> beside the application.</param>
    /// <exception cref="DeliveryException">Files have faults; all are named with file and line.</exception>
    public static IReadOnlyList<Migration> Read(string directory)
    {
        var (files, faults) = Load(directory);
        return faults.Count == 0
            ? [.. files.Select(file => file.Migration)]
            : throw new DeliveryException(string.Join(
                System.Environment.NewLine, [$"{directory}: the migrations cannot be used:", .. faults.Select(fault => $"  {fault}")]));
    }

    internal static (IReadOnlyList<MigrationFile> Files, IReadOnlyList<string> Faults) Load(string directory)
    {
        if (!Directory.Exists(directory))
            return ([], []);
        var names = Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName).OfType<string>()
            .Where(name => !name.EndsWith(".md", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        var faults = names.Where(name => !FileName().IsMatch(name) || Directory.Exists(Path.Combine(directory, name)))
            .Select(name => $"{name}: is no migration's name; write four digits, an underscore, lower-case letters, digits and underscores, and .sql: 0001_start.sql").ToList();
        var files = names.Where(name => FileName().IsMatch(name) && File.Exists(Path.Combine(directory, name)))
            .Select(name => MigrationFile.Read(Path.Combine(directory, name))).ToList();
        faults.AddRange(FindNumberFaults(files));
        faults.AddRange(files.SelectMany(file => file.Faults.Select(fault => $"{file.Name}:{fault.Line}: {fault.Message}")));
        return (files, faults);
    }

    private static IEnumerable<string> FindNumberFaults(List<MigrationFile> files)
    {
        var expected = 1;
        MigrationFile? before = null;
        foreach (var file in files)
        {
            var number = int.Parse(file.Name.AsSpan(0, 4), CultureInfo.InvariantCulture);
            if (before is not null && number == expected - 1)
                yield return $"{file.Name}: has the same number as {before.Name}; give it the next free one";
            else if (number != expected)
                yield return $"{file.Name}: number {expected:0000} is missing before it; numbers follow each other from 0001";
            expected = number + 1;
            before = file;
        }
    }

    [GeneratedRegex(@"^\d{4}_[a-z0-9][a-z0-9_]*\.sql$")]
    private static partial Regex FileName();
}
