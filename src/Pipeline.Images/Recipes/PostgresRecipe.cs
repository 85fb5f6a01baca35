using Pipeline.Artifacts.Systems;
using Pipeline.Images.Debian;

namespace Pipeline.Images.Recipes;

/// <summary>
/// Debian's PostgreSQL, used like the official image https://hub.docker.com/_/postgres: <c>POSTGRES_USER</c>, <c>POSTGRES_PASSWORD_FILE</c>, <c>POSTGRES_DB</c>,
/// <c>PGDATA</c>, <c>/docker-entrypoint-initdb.d</c>, user 999, port 5432. So an environment's configuration can name either.
/// </summary>
public sealed record PostgresRecipe : IImageRecipe
{
    // https://packages.debian.org/search?keywords=postgresql
    private static readonly Dictionary<string, string> Majors = new() { ["bookworm"] = "15", ["trixie"] = "17" };

    private const string Data = "/var/lib/postgresql/data";

    // The numbers of the official image, so that a volume can go from one image to the other. No cluster is wanted in the image.
    private const string Before = """
        groupadd --system --gid 999 postgres
        useradd --system --uid 999 --gid postgres --home-dir /var/lib/postgresql --shell /bin/bash postgres
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
        """;

    private const string After = $"""
        mkdir -p {Data} /var/run/postgresql /docker-entrypoint-initdb.d
        chown postgres:postgres {Data} /var/run/postgresql /var/lib/postgresql
        chmod 0700 {Data}
        chmod 3777 /var/run/postgresql
        rm -rf /var/lib/postgresql/.bash_history /etc/postgresql
        """;

    /// <inheritdoc />
    public string Name { get; init; } = "postgres";

    /// <inheritdoc />
    public IImageRecipe? Below => Debian;

    /// <summary>The Debian that it is installed into.</summary>
    public DebianRecipe Debian { get; init; } = new();

    /// <summary>The major version; by default the one that the release of Debian has: <c>15</c> in bookworm, <c>17</c> in trixie.</summary>
    public string Major
    {
        get => field ?? Majors.GetValueOrDefault(Debian.Suite, "");
        init;
    }

    private string[] Packages => [$"postgresql-{Major}", $"postgresql-client-{Major}"];

    /// <inheritdoc />
    public IReadOnlyList<string> Inputs => [Major, Before, After, PostgresEntrypoint.Script, RootCleaning.Script];

    /// <inheritdoc />
    public IReadOnlyList<string> Faults() => Major.Length > 0
        ? Debian.Faults()
        : [.. Debian.Faults(), $"nothing says which PostgreSQL Debian {Debian.Suite} has; take one of {string.Join(", ", Majors.Keys)}, or name an image of PostgreSQL instead"];

    /// <inheritdoc />
    public async Task<SystemImageSpecification> PrepareAsync(RecipeWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var (systems, created) = await DebianAddition.InstallAsync(this, Debian.Suite, work, Before, Packages, After, cancellation);
        var entrypoint = Directory.CreateDirectory(Path.Combine(work.Folder, "entrypoint")).FullName;
        await File.WriteAllTextAsync(Path.Combine(entrypoint, "docker-entrypoint.sh"), PostgresEntrypoint.Script, cancellation);
        return new()
        {
            Title = $"PostgreSQL {Major} of Debian {Debian.Suite}",
            Version = Major,
            Created = created,
            Systems = systems,
            Layers = [new(entrypoint, "/usr/local/bin")],
            Entrypoint = ["docker-entrypoint.sh"],
            Command = ["postgres"],
            StopSignal = "SIGINT",
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = $"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/{Major}/bin",
                ["LANG"] = "C.UTF-8",
                ["PG_MAJOR"] = Major,
                ["PGDATA"] = Data,
            },
        };
    }
}
