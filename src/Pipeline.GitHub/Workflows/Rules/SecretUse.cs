using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>A secret reaches the one step that uses it, by name, and is none that identity could replace.</summary>
internal static partial class SecretUse
{
    public static IEnumerable<Objection> Check(YamlMappingNode workflow)
    {
        foreach (var scalar in workflow.Scalars())
        {
            foreach (Match match in StoredKey().Matches(scalar.Value ?? ""))
                yield return new(scalar, $"secrets.{match.Groups["name"].Value} is a key of a cloud that stays valid until somebody remembers it; let the job prove who it is instead (permission id-token: write, OpenID Connect)");
            if (TakesAll(scalar.Value ?? ""))
                yield return new(scalar, "all secrets are handed over at once; name the one that is used");
        }
        foreach (var (name, job) in workflow.Find("jobs").Entries().Select(entry => (entry.Key, entry.Value)))
        {
            if (job.Find("secrets").Text() == "inherit")
                yield return new(job.Find("secrets")!, $"job {name} hands over all secrets; name those that the workflow uses");
            foreach (var scalar in job.Find("env").Scalars().Where(Reads))
                yield return new(scalar, $"a secret in the env of job {name} is seen by all its steps; move it to the one that uses it");
        }
        foreach (var scalar in workflow.Find("env").Scalars().Where(Reads))
            yield return new(scalar, "a secret in the env of the workflow is seen by all its jobs; move it to the step that uses it");
    }

    private static bool Reads(YamlScalarNode scalar) => scalar.Value is { } value && value.Contains("${{", StringComparison.Ordinal) && Secret().IsMatch(value);

    private static bool TakesAll(string text) =>
        Expression().Matches(text).Any(expression => Word().Matches(expression.Groups["text"].Value).Any(word => word.Groups["all"].Success));

    [GeneratedRegex(@"\bsecrets\s*[.\[]", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    // It ends at the first braces outside of a text in quotes; one that never ends is read to the end.
    [GeneratedRegex(@"\$\{\{(?<text>('[^']*'|(?!\}\}).)*)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Expression();

    // A secret by its name, a text in quotes, or all of them: also where the name is only known when it runs.
    [GeneratedRegex(@"(?<![\w.-])secrets\s*(\.\s*[a-z_]|\[\s*'[^']*'\s*\])|'[^']*'|(?<all>(?<![\w.-])secrets(?![\w-]))", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Word();

    [GeneratedRegex(@"\bsecrets\s*(\.\s*|\[\s*')(?<name>AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AZURE_CREDENTIALS|AZURE_CLIENT_SECRET|GOOGLE_CREDENTIALS|GOOGLE_APPLICATION_CREDENTIALS|GCP_SA_KEY|GCP_CREDENTIALS)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex StoredKey();
}
