using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>What others wrote is used at one commit or digest, with its version beside it.</summary>
internal static partial class Pinning
{
    public static IEnumerable<Objection> Check(YamlNode uses, string[] lines)
    {
        var text = uses.Text() ?? "";
        if (text.StartsWith("./", StringComparison.Ordinal))
            yield break;
        if (text.StartsWith("docker://", StringComparison.Ordinal))
        {
            if (!Image().IsMatch(text))
                yield return new(uses, $"'{text}' can be another image tomorrow; name it by digest (docker://name@sha256:…)");
        }
        else if (!Commit().IsMatch(text))
        {
            yield return new(uses, $"'{text}' is not pinned to a full commit id; a tag can be moved");
        }
        else if (!Version().IsMatch(LineComment.Of(lines, uses)))
        {
            yield return new(uses, $"'{text}' does not say its version; write the tag of the commit as a comment beside it ('# v5.0.0'), which Dependabot keeps up to date");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]+/[^@\s]+@[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\Adocker://[^@\s]+@sha256:[0-9a-f]{64}\z")]
    private static partial Regex Image();

    [GeneratedRegex(@"\A\S*[0-9]\S*")]
    private static partial Regex Version();
}
