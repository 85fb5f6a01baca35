namespace Pipeline.Artifacts.Sbom;

/// <summary>A part of an image that somebody else made: a package, a framework.</summary>
internal sealed record Component
{
    /// <summary>What it is called within the document: the package URL where it has one.</summary>
    public required string Reference { get; init; }

    /// <summary><c>library</c>, <c>framework</c> or <c>operating-system</c>.</summary>
    public string Type { get; init; } = "library";

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>https://github.com/package-url/purl-spec; null for what is in no registry.</summary>
    public string? PackageUrl { get; init; }

    /// <summary>sha512 of the package file, lower-case hexadecimal; null when nobody says.</summary>
    public string? Sha512 { get; init; }

    /// <summary>An SPDX expression (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/); null when it is not given as one.</summary>
    public string? LicenceExpression { get; init; }

    /// <summary>The names of its licences where they are no SPDX expression.</summary>
    public IReadOnlyList<string> LicenceNames { get; init; } = [];

    /// <summary>Whether it lies in the image, rather than being needed to build it or being brought by the machine.</summary>
    public bool IsInImage { get; init; } = true;

    /// <summary>The references of what it needs.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}
