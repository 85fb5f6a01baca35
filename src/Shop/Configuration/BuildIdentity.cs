namespace Shop.Configuration;

/// <summary>Which build this is: version and commit stand in the image, the digest is known to whoever started it.</summary>
internal sealed record BuildIdentity(string Version, string Commit, string Digest)
{
    private const string Unknown = "development";

    public static BuildIdentity From(IReadOnlyDictionary<string, string> variables) =>
        new(Read(variables, "PIPELINE_VERSION"), Read(variables, "PIPELINE_COMMIT"), Read(variables, "PIPELINE_DIGEST"));

    private static string Read(IReadOnlyDictionary<string, string> variables, string name) =>
        variables.TryGetValue(name, out var value) && value.Length > 0 ? value : Unknown;
}
