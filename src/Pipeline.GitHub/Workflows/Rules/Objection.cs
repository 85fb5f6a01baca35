using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>Something in a workflow that a rule objects to, at the place where it begins.</summary>
internal sealed record Objection(YamlNode Where, string Message);
