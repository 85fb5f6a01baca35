using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Targets;

namespace Pipeline.Applications.Sources.DockerfileRules;

/// <summary>
/// Holds Dockerfiles against what an image that is delivered owes: bases that cannot change under it, no download that nobody checked, no root, no secret in
/// what everybody may read.
/// </summary>
public static partial class DockerfileLint
{
    /// <summary>The findings in all Dockerfiles below a folder that git lists, by file and line.</summary>
    /// <param name="root">The top of the repository.</param>
    /// <param name="files">The repository's files, relative to it.</param>
    public static IEnumerable<Finding> Check(string root, IEnumerable<string> files) =>
        files.Where(IsDockerfile).Order(StringComparer.Ordinal).SelectMany(file => CheckText(file, File.ReadAllText(Path.Combine(root, file))));

    /// <summary>The findings in one Dockerfile.</summary>
    public static IReadOnlyList<Finding> CheckText(string name, string text)
    {
        var instructions = Dockerfile.Parse(text);
        return [.. CheckInstructions(instructions).OrderBy(finding => finding.Line).Select(finding => new Finding(name, finding.Line, 0, "", finding.Message) { Tool = "Dockerfile rules" })];
    }

    private static bool IsDockerfile(string file)
    {
        var name = Path.GetFileName(file);
        var isCode = name.EndsWith(".cs", StringComparison.Ordinal) || name.EndsWith(".md", StringComparison.Ordinal) || name.EndsWith(".dockerignore", StringComparison.Ordinal);
        return name == "Dockerfile" || (name.StartsWith("Dockerfile.", StringComparison.Ordinal) && !isCode) || name.EndsWith(".Dockerfile", StringComparison.Ordinal);
    }

    private static IEnumerable<(int Line, string Message)> CheckInstructions(IReadOnlyList<DockerInstruction> instructions)
    {
        if (!instructions.Any(instruction => instruction.Word == "FROM"))
            return [(1, "has no FROM; begin with one")];
        return [.. Bases(instructions), .. Downloads(instructions), .. Secrets(instructions), .. Last(instructions)];
    }

    private static IEnumerable<(int Line, string Message)> Bases(IReadOnlyList<DockerInstruction> instructions)
    {
        var stages = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "scratch" };
        foreach (var from in instructions.Where(instruction => instruction.Word is "FROM" or "COPY"))
        {
            if (from.Word == "COPY")
            {
                if (from.CopiedFrom is { } source && !(int.TryParse(source, CultureInfo.InvariantCulture, out _) || stages.Contains(source) || PinnedImage().IsMatch(source)))
                    yield return (from.Line, $"COPY --from={source} can be another image tomorrow; name a stage, or the image by digest (name@sha256:…)");
                continue;
            }
            var words = from.Words;
            // An argument is handed over by who builds: the pipeline names its base by digest.
            if (words.Count == 0 || !(stages.Contains(words[0]) || words[0].StartsWith('$') || PinnedImage().IsMatch(words[0])))
                yield return (from.Line, $"FROM '{from.Text}' can be another image tomorrow; name it by digest (name@sha256:…), or take it from an ARG");
            if (from.StageName is { } stage)
                stages.Add(stage);
        }
        foreach (var argument in instructions.TakeWhile(instruction => instruction.Word != "FROM").Where(instruction => instruction.Word == "ARG"))
        {
            if (argument.Text.Split('=', 2) is [var name, var value] && instructions.Any(from => from.Word == "FROM" && Mentions(from.Text, name)) && !PinnedImage().IsMatch(value.Trim('"')))
                yield return (argument.Line, $"ARG {name} defaults to '{value}', which can be another image tomorrow; name it by digest, or give no default");
        }
    }

    private static IEnumerable<(int Line, string Message)> Downloads(IReadOnlyList<DockerInstruction> instructions)
    {
        foreach (var add in instructions.Where(instruction => instruction.Word == "ADD"))
        {
            if (add.Words.Any(word => Url().IsMatch(word)) && !add.Text.Contains("--checksum=", StringComparison.Ordinal))
                yield return (add.Line, "ADD takes whatever lies at an address when it is built; fetch it in the pipeline with its checksum and COPY it");
        }
        foreach (var run in instructions.Where(instruction => instruction.Word == "RUN"))
        {
            if (PipedDownload().IsMatch(run.Text))
                yield return (run.Line, "RUN gives a download to a shell unseen; fetch it in the pipeline with its checksum and COPY it");
        }
    }

    private static IEnumerable<(int Line, string Message)> Secrets(IReadOnlyList<DockerInstruction> instructions)
    {
        foreach (var instruction in instructions.Where(instruction => instruction.Word is "ENV" or "ARG"))
        {
            foreach (Match name in Assigned(instruction).Matches(instruction.Text))
            {
                if (Secret().IsMatch(name.Groups["name"].Value))
                    yield return (instruction.Line, $"{instruction.Word} {name.Groups["name"].Value} looks like a secret, and everybody who has the image can read it; hand it over when the container starts, as a file");
            }
        }
    }

    private static IEnumerable<(int Line, string Message)> Last(IReadOnlyList<DockerInstruction> instructions)
    {
        var stage = instructions.Skip(instructions.ToList().FindLastIndex(instruction => instruction.Word == "FROM")).ToArray();
        var user = stage.LastOrDefault(instruction => instruction.Word == "USER");
        if (user is null)
            yield return (stage[0].Line, "the last stage has no USER and runs as root; write one without rights such as USER 1654");
        else if (user.Words is not [{ } name, ..] || name.Split(':')[0] is "root" or "0")
            yield return (user.Line, $"USER {user.Text} is root; write one without rights such as USER 1654");
        if (!stage.Any(instruction => instruction.Word == "WORKDIR" && instruction.Text != "/"))
            yield return (stage[0].Line, "the last stage has no WORKDIR; write one such as WORKDIR /app, which is where migrations and settings are looked for");
    }

    private static bool Mentions(string text, string name) => text.Contains($"${name}", StringComparison.Ordinal) || text.Contains($"${{{name}", StringComparison.Ordinal);

    private static Regex Assigned(DockerInstruction instruction) => instruction.Word == "ARG" || !instruction.Text.Contains('=', StringComparison.Ordinal) ? FirstName() : AssignedName();

    [GeneratedRegex(@"\A\S+@sha256:[0-9a-f]{64}\z")]
    private static partial Regex PinnedImage();

    [GeneratedRegex(@"\A(https?|ftp|git)(://|@)", RegexOptions.ExplicitCapture)]
    private static partial Regex Url();

    [GeneratedRegex(@"\b(curl|wget)\b[^|;&]*\|\s*(sudo\s+)?(ba|da|z)?sh\b", RegexOptions.ExplicitCapture)]
    private static partial Regex PipedDownload();

    [GeneratedRegex(@"\A(?<name>[A-Za-z_][A-Za-z0-9_]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex FirstName();

    [GeneratedRegex(@"(?<=\A|\s)(?<name>[A-Za-z_][A-Za-z0-9_]*)=", RegexOptions.ExplicitCapture)]
    private static partial Regex AssignedName();

    [GeneratedRegex(@"(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIALS?|DATABASE_URL)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
