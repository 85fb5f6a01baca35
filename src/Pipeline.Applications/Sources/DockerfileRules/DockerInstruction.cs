namespace Pipeline.Applications.Sources.DockerfileRules;

/// <summary>One instruction of a Dockerfile.</summary>
/// <param name="Line">The line that it begins in, from 1 on.</param>
/// <param name="Word">The instruction in capitals: <c>FROM</c>.</param>
/// <param name="Text">What follows, continued lines joined.</param>
internal sealed record DockerInstruction(int Line, string Word, string Text)
{
    /// <summary>What follows, without options such as <c>--from=build</c>.</summary>
    public IReadOnlyList<string> Words => [.. Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal))];
}
