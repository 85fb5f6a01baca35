namespace Pipeline.GitHub.Rehearsal.Jobs.Facts;

/// <summary>
/// What a job finds of the machine it runs on, as on a runner of one's own: who runs it, where programs are and how this machine reaches others. Nothing else of
/// whoever rehearses comes through.
/// </summary>
internal static class MachineVariables
{
    private static readonly string[] Names =
    [
        "HOME", "PATH", "USER", "LOGNAME", "LANG", "DOTNET_ROOT", "JAVA_HOME",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "NUGET_CERT_REVOCATION_MODE",
    ];

    /// <summary>Compilers that serve others stay out: a job's processes end with it.</summary>
    internal static IReadOnlyDictionary<string, string> OfRehearsals { get; } = new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" };

    internal static Dictionary<string, string> Read()
    {
        var found = Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name)!);
        foreach (var (name, value) in OfRehearsals)
            found[name] = value;
        return found;
    }
}
