namespace Pipeline.Engines.Instances;

/// <summary>The environment variables that an engine gives to every instance.</summary>
internal static class InstanceVariables
{
    internal const string Port = "PORT";
    internal const string Digest = "PIPELINE_DIGEST";
    internal const string Colour = "PIPELINE_COLOUR";
    internal const string Settings = "PIPELINE_SETTINGS";
}
