namespace Pipeline.Postgres.Embedded.Binaries;

/// <summary>Where PostgreSQL's programs are looked for, in this order.</summary>
public sealed record PostgresPlaces
{
    /// <summary>The variable that names a folder with <c>postgres</c> and <c>initdb</c>, and ends the search.</summary>
    public const string Variable = "PIPELINE_POSTGRES_BIN";

    /// <summary>The folder that the user named; the only one looked at when it is not null.</summary>
    public string? Given { get; init; }

    /// <summary>The folders of the PATH.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>The folders in which systems install servers, the highest version first.</summary>
    public IReadOnlyList<string> Usual { get; init; } = [];

    /// <summary>The folder below which the pinned package is kept, one folder a version; null to do without packages.</summary>
    public string? Packages { get; init; }

    /// <summary>The places of this machine.</summary>
    /// <param name="packages">See <see cref="Packages"/>; normally <c>.pipeline/postgres</c>.</param>
    public static PostgresPlaces OfThisMachine(string? packages) => new()
    {
        Given = System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null,
        Path = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        Usual = [.. FindUsual()],
        Packages = packages,
    };

    private static IEnumerable<string> FindUsual() =>
        Versions("/usr/lib/postgresql", "*", "bin")
            .Concat(Versions("/usr", "pgsql-*", "bin"))
            .Concat(["/usr/libexec/postgresql", "/usr/local/pgsql/bin", "/usr/lib/psql/bin"])
            .Concat(Versions("/opt/homebrew/opt", "postgresql*", "bin"))
            .Concat(Versions("/usr/local/opt", "postgresql*", "bin"))
            .Concat(Versions("/Applications/Postgres.app/Contents/Versions", "*", "bin"));

    private static IEnumerable<string> Versions(string root, string pattern, string below) => Directory.Exists(root)
        ? Directory.EnumerateDirectories(root, pattern).OrderByDescending(Number).Select(folder => System.IO.Path.Combine(folder, below))
        : [];

    private static double Number(string folder)
    {
        var digits = new string([.. System.IO.Path.GetFileName(folder).Where(c => char.IsAsciiDigit(c) || c == '.')]);
        return double.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
