using System.Buffers;
using System.Text.RegularExpressions;

namespace Pipeline.Applications.Auditing.Leaks;

/// <summary>
/// The kinds of secrets that carry their issuer's mark, so that hardly anything else looks like them. For GitHub's:
/// https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/.
/// </summary>
internal static partial class LeakRules
{
    private static readonly LeakRule[] All =
    [
        new("GitHub token", "gh", GitHub()),
        new("GitHub token", "github_pat_", GitHubPersonal()),
        new("GitLab token", "glpat-", GitLab()),
        new("AWS access key", "AKIA", Aws()),
        new("AWS access key", "ASIA", Aws()),
        new("AWS secret key", "aws_secret_access_key", AwsSecret()),
        new("Google API key", "AIza", Google()),
        new("Google client secret", "GOCSPX-", GoogleClient()),
        new("Slack token", "xox", Slack()),
        new("Slack webhook", "hooks.slack.com", SlackHook()),
        new("Stripe live key", "k_live_", Stripe()),
        new("Stripe webhook secret", "whsec_", StripeHook()),
        new("npm token", "npm_", Npm()),
        new("NuGet key", "oy2", NuGet()),
        new("Docker token", "dckr_pat_", Docker()),
        new("SendGrid key", "SG.", SendGrid()),
        new("Azure storage key", "AccountKey=", AzureStorage()),
        new("Azure client secret", "Q~", AzureClient()),
        new("signed token", "eyJ", JsonWebToken()),
        new("private key", "PRIVATE KEY", PrivateKey()),
    ];

    private static readonly SearchValues<string> Marks = SearchValues.Create([.. All.Select(rule => rule.Mark).Distinct()], StringComparison.Ordinal);

    /// <summary>What looks like a secret in a text, and where in it.</summary>
    public static IEnumerable<(int At, string Kind, string Secret)> Find(string text) => text.AsSpan().IndexOfAny(Marks) < 0
        ? []
        : All.SelectMany(rule => rule.Find(text).Select(found => (found.At, rule.Kind, found.Secret))).DistinctBy(found => found.At);

    [GeneratedRegex(@"\bgh[pousr]_[A-Za-z0-9]{36,255}\b")]
    private static partial Regex GitHub();

    [GeneratedRegex(@"\bgithub_pat_[A-Za-z0-9_]{60,255}\b")]
    private static partial Regex GitHubPersonal();

    [GeneratedRegex(@"\bglpat-[A-Za-z0-9_-]{20,}")]
    private static partial Regex GitLab();

    [GeneratedRegex(@"\b(AKIA|ASIA)[A-Z0-9]{16}\b")]
    private static partial Regex Aws();

    [GeneratedRegex(@"aws_secret_access_key[""']?\s*[=:]\s*[""']?(?<secret>[A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])")]
    private static partial Regex AwsSecret();

    [GeneratedRegex(@"\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])")]
    private static partial Regex Google();

    [GeneratedRegex(@"\bGOCSPX-[A-Za-z0-9_-]{28}")]
    private static partial Regex GoogleClient();

    [GeneratedRegex(@"\bxox[abeoprs]-[A-Za-z0-9-]{20,}")]
    private static partial Regex Slack();

    [GeneratedRegex(@"hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20,}")]
    private static partial Regex SlackHook();

    [GeneratedRegex(@"\b[sr]k_live_[A-Za-z0-9]{16,}\b")]
    private static partial Regex Stripe();

    [GeneratedRegex(@"\bwhsec_[A-Za-z0-9+/]{32,}={0,2}")]
    private static partial Regex StripeHook();

    [GeneratedRegex(@"\bnpm_[A-Za-z0-9]{36}\b")]
    private static partial Regex Npm();

    [GeneratedRegex(@"\boy2[a-z0-9]{43}\b")]
    private static partial Regex NuGet();

    [GeneratedRegex(@"\bdckr_pat_[A-Za-z0-9_-]{20,}")]
    private static partial Regex Docker();

    [GeneratedRegex(@"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}")]
    private static partial Regex SendGrid();

    [GeneratedRegex(@"AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)")]
    private static partial Regex AzureStorage();

    [GeneratedRegex(@"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])")]
    private static partial Regex AzureClient();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}")]
    private static partial Regex JsonWebToken();

    // The words alone are no key: they stand in documentation and in whatever reads keys. Headers may come before the key itself.
    [GeneratedRegex(@"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[rn]|[A-Za-z-]+: [^\n]*\n)+(?<secret>[A-Za-z0-9+/=]{40,})")]
    private static partial Regex PrivateKey();
}
