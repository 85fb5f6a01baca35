using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Applications.Operating;

/// <summary>What <c>Status</c> writes: for people, or as the one JSON document that docs/delivery.md describes.</summary>
public static class StatusDocument
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON document.</summary>
    public static string Json(IReadOnlyList<EnvironmentObservation> environments) => JsonSerializer.Serialize(
        new
        {
            Environments = environments.Select(environment => new
            {
                environment.Name,
                Url = environment.Url.GetLeftPart(UriPartial.Authority),
                environment.State,
                environment.Since,
                Release = Describe(environment.Release),
                Previous = Describe(environment.Previous),
                Instances = environment.Instances.Select(instance => new { instance.Id, instance.Digest, instance.Healthy, instance.Weight, instance.Health }),
                environment.By,
                Approval = environment.Approval is { } approval ? new { approval.By, Means = approval.Means.ToString().ToLowerInvariant(), approval.Reason, approval.At } : null,
                environment.Problems,
            }),
        },
        Options);

    /// <summary>For people.</summary>
    public static string Text(IReadOnlyList<EnvironmentObservation> environments)
    {
        var text = new StringBuilder();
        foreach (var environment in environments)
            Append(text, environment);
        return text.ToString().TrimEnd();
    }

    private static object? Describe(Release? release) => release is null ? null : new { release.Digest, release.Version, release.Commit };

    private static void Append(StringBuilder text, EnvironmentObservation environment)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"{environment.Name,-12}{environment.State.ToString().ToLowerInvariant(),-10}{environment.Url.GetLeftPart(UriPartial.Authority)}");
        if (environment.Release is { } release)
            text.AppendLine(CultureInfo.InvariantCulture, $"  release     {release.Version}  {release.Digest.Abbreviated}  commit {Abbreviate(release.Commit)}  since {environment.Since:yyyy-MM-dd HH:mm:ss}Z by {environment.By}");
        else
            text.AppendLine("  release     none yet; run --target PromoteProduction");
        if (environment.Approval is { } approval)
            text.AppendLine(CultureInfo.InvariantCulture, $"  approved    {approval}");
        if (environment.Previous is { } previous)
            text.AppendLine(CultureInfo.InvariantCulture, $"  previous    {previous.Version}  {previous.Digest.Abbreviated}  (--target Rollback returns to it)");
        foreach (var instance in environment.Instances)
            text.AppendLine(Line(instance));
        foreach (var problem in environment.Problems)
            text.AppendLine(CultureInfo.InvariantCulture, $"  problem     {problem}");
        text.AppendLine();
    }

    private static string Line(ObservedInstance instance)
    {
        var share = instance.Weight > 0 ? string.Create(CultureInfo.InvariantCulture, $"{instance.Weight} %") : "warm";
        var line = $"  instance    {instance.Id,-22}{instance.Digest.Abbreviated}  {(instance.Healthy ? "healthy" : "not healthy"),-12}{share}";
        return instance.Health is { } health ? $"{line,-70}host: {health}" : line;
    }

    private static string Abbreviate(string commit) => commit.Length > 12 ? commit[..12] : commit;
}
