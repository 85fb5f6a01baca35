using System.Text.RegularExpressions;

namespace Pipeline.Applications.Sources.DockerfileRules;

/// <summary>The images that a Dockerfile takes from elsewhere, with the defaults of its arguments in their places.</summary>
internal sealed partial class DockerfileImages
{
    private readonly IReadOnlyList<DockerInstruction> instructions;
    private readonly Dictionary<string, string> defaults;
    private readonly Dictionary<string, string> stages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads them.</summary>
    public DockerfileImages(IReadOnlyList<DockerInstruction> instructions)
    {
        this.instructions = instructions;
        defaults = instructions.TakeWhile(instruction => instruction.Word != "FROM").Where(instruction => instruction.Word == "ARG").Select(argument => argument.Text.Split('=', 2))
            .Where(pair => pair.Length == 2).GroupBy(pair => pair[0], pair => pair[1].Trim('"'), StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.Last(), StringComparer.Ordinal);
        foreach (var from in instructions.Where(instruction => instruction.Word == "FROM" && instruction.Words.Count > 0))
        {
            Last = Resolve(from.Words[0]);
            if (from.StageName is { } stage)
                stages[stage] = Last;
        }
    }

    /// <summary>What the last stage stands upon, through stages that stand upon others; null when there is no FROM.</summary>
    public string? Last { get; }

    /// <summary>Those that are named by digest, <c>node@sha256:…</c>, each once: of every stage, and those that something is copied from.</summary>
    public IReadOnlyList<string> ByDigest =>
    [
        .. instructions.Where(instruction => instruction is { Word: "FROM", Words.Count: > 0 }).Select(from => Resolve(from.Words[0]))
            .Concat(instructions.Select(instruction => instruction.CopiedFrom).OfType<string>().Select(Resolve))
            .Where(image => image.Contains("@sha256:", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private string Resolve(string written)
    {
        var image = Argument().Replace(written, argument => defaults.GetValueOrDefault(argument.Groups["name"].Value, argument.Value));
        return stages.GetValueOrDefault(image, image);
    }

    [GeneratedRegex(@"\$(\{(?<name>\w+)\}|(?<name>\w+))", RegexOptions.ExplicitCapture)]
    private static partial Regex Argument();
}
