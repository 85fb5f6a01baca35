using System.Globalization;

namespace Pipeline.GitHub.Rehearsal.Jobs.Output;

/// <summary>The files through which a step hands things on: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files.</summary>
internal sealed class CommandFiles
{
    private const long LargestSummary = 1 << 20;

    private static readonly string[] NotToBeSet = ["NODE_OPTIONS"];

    private readonly string folder;
    private readonly string id;

    internal CommandFiles(string folder, int step)
    {
        (this.folder, id) = (folder, step.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        foreach (var file in Variables.Values)
            File.WriteAllText(file, "");
    }

    /// <summary>The variables that name them.</summary>
    internal IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["GITHUB_OUTPUT"] = Of("set_output"),
        ["GITHUB_ENV"] = Of("set_env"),
        ["GITHUB_PATH"] = Of("add_path"),
        ["GITHUB_STEP_SUMMARY"] = Of("step_summary"),
        ["GITHUB_STATE"] = Of("save_state"),
    };

    /// <exception cref="FormatException">A line is neither <c>name=value</c> nor <c>name&lt;&lt;end</c>.</exception>
    internal IReadOnlyDictionary<string, string> ReadOutputs() => ReadPairs("GITHUB_OUTPUT", Of("set_output"));

    /// <exception cref="FormatException">A line is neither, or names a variable that no step may set.</exception>
    internal IReadOnlyDictionary<string, string> ReadVariables()
    {
        var variables = ReadPairs("GITHUB_ENV", Of("set_env"));
        if (variables.Keys.FirstOrDefault(name => NotToBeSet.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } refused)
            throw new FormatException($"GITHUB_ENV: {refused} may not be set by a step; set it with env where it is needed");
        return variables.Where(variable => !variable.Key.StartsWith("GITHUB_", StringComparison.OrdinalIgnoreCase) && !variable.Key.StartsWith("RUNNER_", StringComparison.OrdinalIgnoreCase)).ToDictionary();
    }

    internal IReadOnlyList<string> ReadPaths() => [.. File.ReadAllLines(Of("add_path")).Where(line => line.Length > 0)];

    /// <exception cref="FormatException">It is larger than GitHub takes.</exception>
    internal string ReadSummary()
    {
        var file = new FileInfo(Of("step_summary"));
        if (file.Length > LargestSummary)
            throw new FormatException($"GITHUB_STEP_SUMMARY has {file.Length} bytes; GitHub takes {LargestSummary} of each step");
        return File.ReadAllText(file.FullName);
    }

    private string Of(string kind) => Path.Combine(folder, $"{kind}_{id}");

    private static Dictionary<string, string> ReadPairs(string variable, string file)
    {
        Dictionary<string, string> pairs = new(StringComparer.OrdinalIgnoreCase);
        var lines = File.ReadAllText(file).Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            if (line.Length == 0)
                continue;
            var (equals, here) = (line.IndexOf('=', StringComparison.Ordinal), line.IndexOf("<<", StringComparison.Ordinal));
            if (equals > 0 && (here < 0 || equals < here))
                pairs[line[..equals]] = line[(equals + 1)..];
            else if (here > 0 && here + 2 < line.Length)
                pairs[line[..here]] = ReadBlock(variable, lines, ref at, line[(here + 2)..]);
            else
                throw new FormatException($"{variable}: line {at + 1} is neither name=value nor name<<END");
        }
        return pairs;
    }

    private static string ReadBlock(string variable, string[] lines, ref int at, string end)
    {
        var begin = at + 1;
        at = Array.IndexOf(lines, end, begin);
        return at < 0
            ? throw new FormatException($"{variable}: what begins at line {begin} has no end; close it with a line '{end}'")
            : string.Join('\n', lines[begin..at]);
    }
}
