using System.Text.RegularExpressions;

namespace Pipeline.GitHub.Workflows;

/// <summary>An action at one commit, which cannot be moved as a tag can.</summary>
/// <param name="Action">Owner, repository and, where the action is not at its top, the folder: <c>actions/checkout</c>.</param>
/// <param name="Commit">The full id of the commit: 40 small hexadecimal digits.</param>
/// <param name="Version">The tag of that commit, for people and for Dependabot: <c>v5.0.0</c>.</param>
public sealed partial record ActionPin(string Action, string Commit, string Version)
{
    /// <summary>As it stands behind <c>uses:</c>.</summary>
    public override string ToString() => $"{Action}@{Commit}";

    internal IEnumerable<string> Faults()
    {
        if (!ActionName().IsMatch(Action))
            yield return $"action '{Action}' is no owner/repository; write it as actions/checkout";
        if (!CommitId().IsMatch(Commit))
            yield return $"action {Action} is at '{Commit}', which is no full commit id of 40 small hexadecimal digits";
        if (!VersionTag().IsMatch(Version))
            yield return $"action {Action} has version '{Version}'; write the tag of its commit, such as v5.0.0";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ActionName();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex CommitId();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/+-]*\z")]
    private static partial Regex VersionTag();
}
