using Pipeline.Supervision;

namespace Pipeline.Applications;

/// <summary>Where the pipeline keeps its state: <c>.pipeline</c> in the repository, or PIPELINE_HOME.</summary>
public sealed class StatePaths(string repository)
{
    /// <summary>The top of the repository.</summary>
    public string Repository { get; } = Path.GetFullPath(repository);

    /// <summary>The folder of all state.</summary>
    public string Home { get; } = Path.GetFullPath(
        System.Environment.GetEnvironmentVariable("PIPELINE_HOME") is { Length: > 0 } home ? home : Path.Combine(repository, ".pipeline"));

    /// <summary>The artifacts, in an OCI layout.</summary>
    public string Artifacts => Path.Combine(Home, "artifacts");

    /// <summary>The images of systems that were made on this machine.</summary>
    public string Images => Path.Combine(Home, "images");

    /// <summary>Unpacked releases.</summary>
    public string Applications => Path.Combine(Home, "applications");

    /// <summary>Copies of the programs that outlive the build program.</summary>
    public string Programs => Path.Combine(Home, "programs");

    /// <summary>The ledger's own server.</summary>
    public string Ledger => Path.Combine(Home, "ledger");

    /// <summary>This machine's own signing key.</summary>
    public string Keys => Path.Combine(Home, "keys");

    /// <summary>The public keys of whoever signed the artifacts, which travel with them when the folder is copied.</summary>
    public string CarriedKeys => Path.Combine(Artifacts, "keys");

    /// <summary>The committed public keys whose signatures count.</summary>
    public string TrustedKeys => Path.Combine(Repository, "trusted-keys.pem");

    /// <summary>All that is kept of an environment.</summary>
    public string Environment(string name) => Path.Combine(Home, "environments", name);

    /// <summary>Its instances.</summary>
    public string Instances(string environment) => Path.Combine(Environment(environment), "instances");

    /// <summary>Its edge.</summary>
    public string Edge(string environment) => Path.Combine(Environment(environment), "edge");

    /// <summary>Its database.</summary>
    public string Postgres(string environment) => Path.Combine(Environment(environment), "postgres");

    /// <summary>Its stand-ins for outside services.</summary>
    public string Sandbox(string environment) => Path.Combine(Environment(environment), "sandbox");

    /// <summary>Its secrets that nobody has to know.</summary>
    public string Secrets(string environment) => Path.Combine(Environment(environment), "secrets.env");

    /// <summary>Copies a program that lies beside the build program, and outlives it, to where compiling anew never touches it.</summary>
    /// <param name="program">Its name: <c>edge</c>.</param>
    /// <returns>The folder with its files.</returns>
    public string Install(string program) => new ProgramStore(Programs).Install(program, Path.Combine(AppContext.BaseDirectory, "programs", program));

    /// <summary>The committed settings of an environment, without secrets.</summary>
    public string Settings(string environment) => Path.Combine(Repository, $".env.{environment}");
}
