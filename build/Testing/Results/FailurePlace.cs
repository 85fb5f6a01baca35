using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Targets;

namespace Build.Testing.Results;

/// <summary>Finds where in the repository a test failed, by the lines of its stack: <c>at … in /repo/tests/Shop.Tests/CartTests.cs:line 12</c>.</summary>
internal static partial class FailurePlace
{
    // What deterministic builds call the top of the repository.
    private const string Mapped = "/_/";

    /// <summary>The failure with file and line: those of the test's own project where the stack names it, else the first in the repository.</summary>
    /// <param name="project">The test project.</param>
    /// <param name="failure">The test, and what it said.</param>
    /// <param name="root">The top of the repository.</param>
    public static Finding Describe(string project, TestNote failure, string root)
    {
        var frames = Frame().Matches(failure.Message)
            .Select(frame => (File: Relative(frame.Groups["file"].Value.Trim(), root), Line: int.Parse(frame.Groups["line"].Value, CultureInfo.InvariantCulture)))
            .Where(frame => frame.File is not null).ToArray();
        var place = Array.Find(frames, frame => frame.File!.StartsWith($"tests/{project}/", StringComparison.Ordinal)) is { File: not null } own ? own : frames.FirstOrDefault();
        return new(place.File ?? $"tests/{project}/{project}.csproj", place.Line, 0, failure.Test, Said(failure.Message)) { Tool = "test" };
    }

    private static string Said(string message) => string.Join('\n', message.Split('\n').Select(line => line.TrimEnd()).TakeWhile(line => !StackLine().IsMatch(line))).Trim() is { Length: > 0 } said ? said : "failed without a message";

    private static string? Relative(string file, string root)
    {
        if (file.StartsWith(Mapped, StringComparison.Ordinal))
            return file[Mapped.Length..];
        if (!Path.IsPathRooted(file))
            return null;
        var relative = Path.GetRelativePath(root, file).Replace('\\', '/');
        return Path.IsPathRooted(relative) || relative.StartsWith("../", StringComparison.Ordinal) ? null : relative;
    }

    [GeneratedRegex(@"^\s+at .* in (?<file>[^\r\n]+):line (?<line>\d{1,9})\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Frame();

    [GeneratedRegex(@"^\s+at \S.*[\)\]]( in .+:line \d+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex StackLine();
}
