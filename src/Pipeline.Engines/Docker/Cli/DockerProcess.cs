using System.ComponentModel;
using System.Diagnostics;
using Pipeline.Engines.Docker.Hosts;

namespace Pipeline.Engines.Docker.Cli;

/// <summary>Starts the <c>docker</c> command.</summary>
internal static class DockerProcess
{
    // What an environment says of its host must not be overruled by what the user's shell says of another.
    private static readonly string[] Overruling = ["DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_API_VERSION"];

    internal static Process Start(DockerHost host, IReadOnlyList<string> arguments)
    {
        var start = Command(host, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new DockerException(host, DockerFault.Unreachable, $"{host}: the docker command cannot be started ({missing.Message}); install Docker's command line on this machine", missing);
        }
    }

    /// <summary>The command line for a host, joined to this program's own terminal.</summary>
    internal static ProcessStartInfo Command(DockerHost host, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("docker", [.. host.Arguments, .. arguments]);
        if (!host.IsOfThisMachine)
        {
            foreach (var name in Overruling)
                start.Environment.Remove(name);
        }
        start.Environment["DOCKER_CLI_HINTS"] = "false";
        return start;
    }

    internal static void End(Process process)
    {
        // Looking for its children reads about every process of this machine, whether or not it has ended.
        if (process.HasExited)
            return;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }
}
