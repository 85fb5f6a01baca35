using System.Globalization;
using System.Text.Json;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Telling;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Telling;

/// <summary>How a deployment is put to GitHub. Of what went wrong only the kind is told: details may hold what only the ledger's readers should know.</summary>
internal static class Wording
{
    // https://docs.github.com/rest/deployments/deployments: the most that a description holds.
    private const int LongestDescription = 140;

    public static NewDeployment Introduce(ToldDeployment deployment, Func<string, string> hide) => new(deployment.Deployment.Release.Commit, deployment.Deployment.Environment)
    {
        Payload = Payload(deployment.Deployment),
        Description = Short(hide($"{(deployment.Deployment.Kind == DeploymentKind.Rollback ? "back to " : "")}{deployment.Deployment.Release.Version} ({deployment.Deployment.Release.Digest.Abbreviated}) by {deployment.Deployment.By}")),
        ProductionEnvironment = deployment.Listener.IsProduction,
        TransientEnvironment = deployment.Listener.IsTransient,
    };

    /// <summary>By what a deployment is known again: no two have the same number and moment.</summary>
    public static IReadOnlyDictionary<string, string> Payload(DeploymentRecord deployment) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["deployment"] = deployment.Id.ToString(CultureInfo.InvariantCulture),
        ["digest"] = deployment.Release.Digest.Value,
        ["kind"] = deployment.Kind == DeploymentKind.Rollback ? "rollback" : "deploy",
        ["started"] = deployment.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["version"] = deployment.Release.Version,
    };

    /// <summary>A payload comes back as an object, or as the text of one.</summary>
    public static string? Text(JsonElement payload, string key)
    {
        if (payload.ValueKind == JsonValueKind.Object)
            return payload.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (payload.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            using var document = JsonDocument.Parse(payload.GetString()!);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Text(document.RootElement, key) : null;
        }
        catch (JsonException)
        {
            // Somebody else's payload, in their own words.
            return null;
        }
    }

    public static NewDeploymentStatus Describe(ToldDeployment deployment, DeploymentFact fact) => new(State(fact))
    {
        Description = fact switch
        {
            DeploymentFact.InProgress => "it goes on",
            DeploymentFact.Succeeded => "it serves and was verified",
            DeploymentFact.Failed when deployment.Deployment.Outcome == DeploymentOutcome.RolledBack => "rolled back under traffic: what served before serves again",
            DeploymentFact.Failed => "undone before it got traffic: what served before serves",
            DeploymentFact.Broken => "could not be undone wholly: look with --target Status",
            _ => "another release took its place",
        },
        LogUrl = deployment.Listener.Log?.ToString(),
        EnvironmentUrl = deployment.Listener.Url.ToString(),
    };

    public static string Of(DeploymentFact fact) => fact == DeploymentFact.Begun ? "there is one" : State(fact) switch
    {
        DeploymentState.InProgress => "in progress",
        var state => state.ToString().ToLowerInvariant(),
    };

    private static DeploymentState State(DeploymentFact fact) => fact switch
    {
        DeploymentFact.InProgress => DeploymentState.InProgress,
        DeploymentFact.Succeeded => DeploymentState.Success,
        DeploymentFact.Failed => DeploymentState.Failure,
        DeploymentFact.Broken => DeploymentState.Error,
        DeploymentFact.Replaced => DeploymentState.Inactive,
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "is no state of a deployment"),
    };

    private static string Short(string text) => text.Length <= LongestDescription ? text : $"{text[..(LongestDescription - 1)]}…";
}
