namespace Build;

/// <summary>Where the pipeline keeps its state: <c>.pipeline</c> in the repository, or PIPELINE_HOME.</summary>
public sealed class StatePaths(string repository)
{
    public string Repository { get; } = Path.GetFullPath(repository);

    public string Home { get; } = Path.GetFullPath(
        System.Environment.GetEnvironmentVariable("PIPELINE_HOME") is { Length: > 0 } home ? home : Path.Combine(repository, ".pipeline"));

    public string Artifacts => Path.Combine(Home, "artifacts");

    /// <summary>The images of systems that were made on this machine.</summary>
    public string Images => Path.Combine(Home, "images");

    public string Applications => Path.Combine(Home, "applications");

    public string Programs => Path.Combine(Home, "programs");

    public string Ledger => Path.Combine(Home, "ledger");

    /// <summary>This machine's own signing key.</summary>
    public string Keys => Path.Combine(Home, "keys");

    /// <summary>The public keys of whoever signed the artifacts, which travel with them when the folder is copied.</summary>
    public string CarriedKeys => Path.Combine(Artifacts, "keys");

    /// <summary>The committed public keys whose signatures count.</summary>
    public string TrustedKeys => Path.Combine(Repository, "trusted-keys.pem");

    public string Environment(string name) => Path.Combine(Home, "environments", name);

    public string Instances(string environment) => Path.Combine(Environment(environment), "instances");

    public string Edge(string environment) => Path.Combine(Environment(environment), "edge");

    public string Postgres(string environment) => Path.Combine(Environment(environment), "postgres");

    public string Sandbox(string environment) => Path.Combine(Environment(environment), "sandbox");

    public string Secrets(string environment) => Path.Combine(Environment(environment), "secrets.env");

    /// <summary>The committed settings of an environment, without secrets.</summary>
    public string Settings(string environment) => Path.Combine(Repository, $".env.{environment}");
}
