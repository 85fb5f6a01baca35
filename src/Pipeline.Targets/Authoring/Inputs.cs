using Pipeline.Targets.Fingerprints;

namespace Pipeline.Targets;

/// <summary>
/// All that the result of a target depends on. Paths are relative to the working directory with <c>/</c> between their parts; nothing that is
/// particular to one machine belongs here, since the evidence is meant to hold on another one too.
/// </summary>
public sealed class Inputs
{
    private readonly List<string> include = [];
    private readonly List<string> exclude = [];
    private readonly List<InputPart> parts = [];
    private readonly List<IParameter> parameters = [];

    internal IReadOnlyList<string> Include => include;

    internal IReadOnlyList<string> Exclude => exclude;

    internal IReadOnlyList<InputPart> Parts => parts;

    internal IReadOnlyList<IParameter> Parameters => parameters;

    internal bool IsEmpty => include.Count == 0 && parts.Count == 0 && parameters.Count == 0;

    /// <summary>
    /// Files by glob: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders, <c>{a,b}</c> for alternatives. In a git repository only
    /// files that git tracks or would track count, so what <c>.gitignore</c> names (<c>bin</c>, <c>obj</c>) never does. A path without
    /// wildcards counts even if git ignores it, and counts as absent where it does not exist.
    /// </summary>
    public Inputs Files(params ReadOnlySpan<string> globs)
    {
        include.AddRange(globs);
        return this;
    }

    /// <summary>Files that do not count although <see cref="Files"/> names them.</summary>
    public Inputs Except(params ReadOnlySpan<string> globs)
    {
        exclude.AddRange(globs);
        return this;
    }

    /// <summary>A tool with its version, such as <c>dotnet</c> and <c>10.0.100</c>.</summary>
    public Inputs Tool(string name, string version)
    {
        parts.Add(new("tool", name, version));
        return this;
    }

    /// <summary>A parameter with its value in this run. Of a secret one only counts whether it is set, never its value.</summary>
    public Inputs Parameter(IParameter parameter)
    {
        parameters.Add(parameter);
        return this;
    }

    /// <summary>Anything else that counts.</summary>
    public Inputs Value(string name, string value)
    {
        parts.Add(new("value", name, value));
        return this;
    }
}
