using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Postgres.Embedded.Binaries;

/// <summary>PostgreSQL's programs in one folder.</summary>
/// <param name="Directory">The folder with <c>postgres</c> and <c>initdb</c>, links resolved.</param>
/// <param name="Version">As the program names it: <c>15.13</c>, <c>18beta1</c>.</param>
/// <param name="Major">Its first number.</param>
internal sealed partial record PostgresBinaries(string Directory, string Version, int Major)
{
    public const int OldestMajor = 15;

    public string Postgres => Path.Combine(Directory, "postgres");

    public string InitDb => Path.Combine(Directory, "initdb");

    /// <summary>What lies in a folder; null when that is no PostgreSQL that runs.</summary>
    public static async Task<PostgresBinaries?> ReadAsync(string folder, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, "postgres")) || !File.Exists(Path.Combine(folder, "initdb")))
            return null;
        var program = Path.Combine(folder, "postgres");
        // The server finds its libraries and files beside the real program, not beside a link to it.
        var real = Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;
        var run = await ProgramRun.TryAsync(program, ["--version"], cancellation);
        var match = VersionText().Match(run?.Output ?? "");
        return match.Success && File.Exists(Path.Combine(real, "initdb"))
            ? new PostgresBinaries(real, match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) ((\d+)\S*)")]
    private static partial Regex VersionText();
}
