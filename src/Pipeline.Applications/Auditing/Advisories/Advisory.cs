namespace Pipeline.Applications.Auditing.Advisories;

/// <summary>What NuGet's audit says of a package that a project uses.</summary>
/// <param name="Text">What it says, with package, version, severity and where the weakness is described.</param>
/// <param name="Project">The project.</param>
public sealed record Advisory(string Text, string Project);
