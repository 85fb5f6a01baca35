namespace Pipeline.Applications.Sources.DockerfileRules;

/// <summary>One instruction of a Dockerfile.</summary>
/// <param name="Line">The line that it begins in, from 1 on.</param>
/// <param name="Word">The instruction in capitals: <c>FROM</c>.</param>
/// <param name="Text">What follows, continued lines joined.</param>
internal sealed record DockerInstruction(int Line, string Word, string Text)
{
    /// <summary>What follows, without options such as <c>--from=build</c>.</summary>
    public IReadOnlyList<string> Words => [.. Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal))];

    /// <summary>The name that a FROM gives its stage; null when it gives none.</summary>
    public string? StageName => Word == "FROM" && Words is [_, var word, var stage, ..] && word.Equals("AS", StringComparison.OrdinalIgnoreCase) ? stage : null;

    /// <summary>What a COPY takes its files from, where it says so: a stage, its number or an image. Null for the build's own files.</summary>
    public string? CopiedFrom => Word != "COPY" ? null : Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).TakeWhile(word => word.StartsWith("--", StringComparison.Ordinal))
        .Where(option => option.StartsWith(From, StringComparison.Ordinal)).Select(option => option[From.Length..]).FirstOrDefault();

    private const string From = "--from=";
}
