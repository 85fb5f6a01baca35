using System.Security.Cryptography;
using System.Text;
using Pipeline.Containers.Keeping;
using Pipeline.Edge.Control;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Containers.Edges;

/// <summary>An edge as a container that shares the keeper's network, named after its image and settings.</summary>
internal static class EdgeContainer
{
    public const string Role = "edge";
    public const string Folder = "/var/lib/edge";

    /// <summary>The label with the fingerprint of image and settings.</summary>
    public const string EdgeLabel = "pipeline.edge";

    private const int NameLength = 8;
    private static readonly string[] Behind = ["--door"];
    private static readonly string[] Sharing = ["--share-port"];

    /// <summary>What an edge takes to end after its requests in flight.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "1" };

    /// <summary>The arguments of every edge of the environment: they share folder and address.</summary>
    public static IReadOnlyList<string> Where(Entrance entrance) =>
        ["--directory", Folder, .. entrance == Entrance.Door ? Behind : ["--listen", $"0.0.0.0:{KeeperContainer.EdgePort}"]];

    public static string Volume(EnvironmentScope scope) => scope.Container("edge");

    public static string Name(EnvironmentScope scope, string fingerprint) => scope.Container($"edge-{fingerprint[..NameLength]}");

    public static string Fingerprint(string image, EdgeSettings settings) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', settings.Flags().Prepend(image)))));

    public static ContainerSpecification Specify(string image, StageSettings settings, Entrance entrance)
    {
        var fingerprint = Fingerprint(image, settings.Edge);
        var name = Name(settings.Scope, fingerprint);
        return new()
        {
            Name = name,
            Role = Role,
            Image = image,
            Command = ["run", .. Where(entrance), .. entrance == Entrance.Published ? Sharing : [], "--name", name, .. settings.Edge.Flags()],
            Environment = Variables,
            Labels = new Dictionary<string, string> { [EdgeLabel] = fingerprint },
            User = settings.User,
            Network = ContainerNetwork.Of(settings.Scope.Keeper),
            Volumes = [new(Volume(settings.Scope), Folder, VolumeAccess.Write)],
            Limits = settings.EdgeLimits,
            StopTimeout = settings.Edge.DrainTimeout + Slack,
            // One that another has taken over from ends for good; one that was killed comes back.
            Restart = RestartRule.AfterFailure,
            Init = false,
        };
    }
}
