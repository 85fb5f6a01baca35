using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>Finds the migrations of an application: the <c>*.sql</c> files in the folder <c>migrations</c> of its working directory.</summary>
internal static partial class MigrationFiles
{
    private const string Extension = ".sql";
    private const string Contract = "contract";

    public static string? Id(string path, string workingDirectory)
    {
        var folder = workingDirectory.Length == 0 ? "migrations/" : $"{workingDirectory}/migrations/";
        var isMigration = path.StartsWith(folder, StringComparison.Ordinal)
            && path.EndsWith(Extension, StringComparison.Ordinal)
            && path.IndexOf('/', folder.Length) < 0;
        return isMigration ? path[folder.Length..^Extension.Length] : null;
    }

    public static async Task<IReadOnlyList<Migration>> ReadAsync(ImageContent content, string workingDirectory, CancellationToken cancellation)
    {
        var migrations = new SortedDictionary<string, Migration>(StringComparer.Ordinal);
        var tree = await content.ReadTreeAsync(cancellation);
        await foreach (var file in content.FilesAsync(tree, path => Id(path, workingDirectory) is not null, cancellation))
        {
            var id = Id(file.Path, workingDirectory)!;
            using var bytes = new MemoryStream();
            await file.Content.CopyToAsync(bytes, cancellation);
            migrations[id] = Describe(id, bytes.ToArray());
        }
        return [.. migrations.Values];
    }

    private static Migration Describe(string id, byte[] content) =>
        new(id, Convert.ToHexStringLower(SHA256.HashData(content)), BackwardCompatible: !Directives(Encoding.UTF8.GetString(content)).Contains(Contract));

    /// <summary>The words after <c>-- pipeline:</c> in the comment that the file begins with.</summary>
    private static IEnumerable<string> Directives(string sql) =>
        sql.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim())
            .TakeWhile(line => line.Length == 0 || line.StartsWith("--", StringComparison.Ordinal))
            .SelectMany(line => Directive().Match(line).Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^--\s*pipeline:(?<words>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Directive();
}
