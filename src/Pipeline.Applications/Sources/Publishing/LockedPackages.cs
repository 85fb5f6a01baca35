using System.Text.Json.Nodes;
using Pipeline.Delivery;

namespace Pipeline.Applications.Sources.Publishing;

/// <summary>
/// The packages that lock files name. A build for one runtime adds to them what that runtime alone needs, which locked mode refuses; so such a build restores
/// freely, and is held to the locked packages afterwards.
/// </summary>
internal sealed class LockedPackages
{
    private readonly IReadOnlyDictionary<string, JsonNode?> files;

    private LockedPackages(IReadOnlyDictionary<string, JsonNode?> files) => this.files = files;

    public static LockedPackages Of(string sources) => new(
        Directory.EnumerateFiles(sources, "packages.lock.json", SearchOption.AllDirectories).ToDictionary(path => path, Read));

    /// <summary>Nothing, when every package that was locked still has its version and its hash.</summary>
    /// <exception cref="DeliveryException">The restore took other packages than the lock files name.</exception>
    public void RequireUnchanged(RuntimeIdentifier runtime)
    {
        foreach (var (path, before) in files)
        {
            var after = Read(path);
            foreach (var (framework, packages) in before?.AsObject() ?? [])
            {
                if (!JsonNode.DeepEquals(packages, after?[framework]))
                    throw new DeliveryException($"the build for {runtime} took other packages than {Path.GetFileName(Path.GetDirectoryName(path))}/packages.lock.json names for {framework}; restore without a runtime, commit the lock file and build again");
            }
        }
    }

    private static JsonNode? Read(string path) => JsonNode.Parse(File.ReadAllText(path))?["dependencies"];
}
