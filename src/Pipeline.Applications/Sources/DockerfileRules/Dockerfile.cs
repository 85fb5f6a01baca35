namespace Pipeline.Applications.Sources.DockerfileRules;

/// <summary>A Dockerfile by its instructions: https://docs.docker.com/reference/dockerfile/.</summary>
internal static class Dockerfile
{
    public static IReadOnlyList<DockerInstruction> Parse(string text)
    {
        var instructions = new List<DockerInstruction>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var number = 0; number < lines.Length; number++)
        {
            var line = lines[number].Trim();
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            var first = number;
            while (line.EndsWith('\\') && number + 1 < lines.Length)
            {
                var next = lines[++number].Trim();
                // A comment between continued lines belongs to none of them.
                line = next.StartsWith('#') ? line : line[..^1].TrimEnd() + " " + next;
            }
            var space = line.IndexOfAny([' ', '\t']);
            instructions.Add(space < 0
                ? new DockerInstruction(first + 1, line.ToUpperInvariant(), "")
                : new DockerInstruction(first + 1, line[..space].ToUpperInvariant(), line[(space + 1)..].Trim()));
        }
        return instructions;
    }
}
