namespace Pipeline.Applications.Auditing.Licences;

/// <summary>Which licences the packages of an application may have.</summary>
public sealed record LicencePolicy
{
    /// <summary>Identifiers of https://spdx.org/licenses/, such as <c>MIT</c>.</summary>
    public required IReadOnlySet<string> Allowed { get; init; }

    /// <summary>Packages that are used in spite of what they say, each with its reason.</summary>
    public IReadOnlyList<LicenceException> Exceptions { get; init; } = [];
}

/// <summary>A package that is used in spite of its licence.</summary>
/// <param name="Package">Its package URL without a version, such as <c>pkg:npm/compute-gcd</c>.</param>
/// <param name="Licence">What it says of its licence; null when it says nothing. Another licence in a later version is no part of the exception.</param>
/// <param name="Reason">Why that is well.</param>
public sealed record LicenceException(string Package, string? Licence, string Reason);
