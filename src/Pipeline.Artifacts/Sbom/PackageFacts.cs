namespace Pipeline.Artifacts.Sbom;

/// <summary>A package that somebody else made, as its registry describes it.</summary>
/// <param name="PackageUrl">https://github.com/package-url/purl-spec, such as <c>pkg:nuget/Npgsql@10.0.0</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Licence">
/// An SPDX expression (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/), or what it says instead of one, such as an address; null when it names no licence.
/// </param>
public sealed record PackageFacts(string PackageUrl, string Name, string Version, string? Licence);
