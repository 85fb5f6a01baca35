namespace Pipeline.Edge.Administration;

/// <summary>The network that this process is in, see network_namespaces(7).</summary>
internal static class NetworkNamespace
{
    /// <summary>Its name in the kernel, <c>net:[4026531840]</c>; null when the system has none.</summary>
    public static string? Present { get; } = OperatingSystem.IsLinux() ? File.ResolveLinkTarget("/proc/self/ns/net", returnFinalTarget: false)?.Name : null;
}
