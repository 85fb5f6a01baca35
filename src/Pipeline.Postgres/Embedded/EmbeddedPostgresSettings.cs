using Pipeline.Postgres.Embedded.Binaries;

namespace Pipeline.Postgres.Embedded;

/// <summary>How an embedded server is set up.</summary>
public sealed record EmbeddedPostgresSettings
{
    /// <summary>The application's database and its role: a lower-case letter, then lower-case letters, digits and underscores, at most 63; default <c>app</c>.</summary>
    public string Database { get; init; } = "app";

    /// <summary>The port; null (the default) to choose one that is free and keep it. A given port that is taken is an error, a chosen one is chosen anew.</summary>
    public int? Port { get; init; }

    /// <summary>Where the server's programs are looked for; default: this machine's places, without packages.</summary>
    public PostgresPlaces Places { get; init; } = PostgresPlaces.OfThisMachine(packages: null);

    /// <summary>How long the server may take to let somebody in, recovery after a crash included; default one minute.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
