namespace Pipeline.Testing.Docker;

/// <summary>What a machine needs to run Docker engines of its own; <c>.ci/install</c> brings all of it.</summary>
internal static class StagePrograms
{
    private static readonly string[] Names = ["docker", "dockerd", "containerd", "docker-registry", "iptables", "ip", "nsenter", "busybox"];

    /// <summary>Skips the test, with the reason, where they are not there.</summary>
    internal static void Require()
    {
        Needs.That(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Docker engines in network namespaces of their own need root on Linux");
        foreach (var name in Names)
            Needs.Program(name);
    }
}
