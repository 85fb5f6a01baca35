using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Pipeline.Applications.Sources.Git;

/// <summary>A version by https://semver.org, without build metadata.</summary>
/// <param name="Major">Raised when something incompatible comes.</param>
/// <param name="Minor">Raised when something new comes.</param>
/// <param name="Patch">Raised when something is mended.</param>
/// <param name="Prerelease">The identifiers after the hyphen; none for a release.</param>
internal sealed partial record SemanticVersion(int Major, int Minor, int Patch, IReadOnlyList<string> Prerelease) : IComparable<SemanticVersion>
{
    /// <summary>What a history without any tag has at its first commit.</summary>
    public static SemanticVersion Beginning { get; } = new(0, 0, 0, ["alpha", "0"]);

    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>v1.2.3-beta.1</c>; null when the tag is no version.</summary>
    public static SemanticVersion? FromTag(string tag)
    {
        var match = Tag().Match(tag);
        return match.Success
            && TryNumber(match.Groups["major"], out var major) && TryNumber(match.Groups["minor"], out var minor) && TryNumber(match.Groups["patch"], out var patch)
            ? new SemanticVersion(major, minor, patch, match.Groups["pre"].Success ? match.Groups["pre"].Value.Split('.') : [])
            : null;
    }

    /// <summary>The version of the commit so many commits after this one was tagged.</summary>
    public SemanticVersion After(int commits)
    {
        if (commits == 0)
            return this;
        var height = commits.ToString(CultureInfo.InvariantCulture);
        return Prerelease.Count == 0
            ? new SemanticVersion(Major, Minor, Patch + 1, ["alpha", "0", height])
            : this with { Prerelease = [.. Prerelease, height] };
    }

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
            return 1;
        var byNumbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (byNumbers != 0)
            return byNumbers;
        if (Prerelease.Count == 0 || other.Prerelease.Count == 0)
            return other.Prerelease.Count.CompareTo(Prerelease.Count);
        var byIdentifier = Prerelease.Zip(other.Prerelease, Compare).FirstOrDefault(order => order != 0);
        return byIdentifier != 0 ? byIdentifier : Prerelease.Count.CompareTo(other.Prerelease.Count);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}") + (Prerelease.Count == 0 ? "" : "-" + string.Join('.', Prerelease));

    private static int Compare(string left, string right) => (IsNumber(left), IsNumber(right)) switch
    {
        (true, true) => BigInteger.Parse(left, CultureInfo.InvariantCulture).CompareTo(BigInteger.Parse(right, CultureInfo.InvariantCulture)),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(left, right),
    };

    private static bool IsNumber(string identifier) => identifier.All(char.IsAsciiDigit);

    private static bool TryNumber(Group group, out int number) => int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"\Av(?<major>0|[1-9]\d*)\.(?<minor>0|[1-9]\d*)\.(?<patch>0|[1-9]\d*)(-(?<pre>(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\+[0-9A-Za-z.-]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
