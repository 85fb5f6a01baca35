namespace Pipeline.EndToEnd.Installations;

/// <summary>A run of <c>./build.sh</c> that ended.</summary>
public sealed record RunResult(int ExitCode, string Output, string Error)
{
    public string Everything => $"{Output}\n{Error}";

    /// <summary>Fails with all that the run wrote when it ended otherwise.</summary>
    public RunResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}, got {ExitCode}:\n{Everything}");
        return this;
    }

    public RunResult ExpectText(string text)
    {
        Assert.True(Everything.Contains(text, StringComparison.Ordinal), $"expected '{text}' in:\n{Everything}");
        return this;
    }
}
