namespace Pipeline.Edge.CommandLine;

/// <summary>The words after the command: options with their values, and the rest in order.</summary>
internal sealed record CommandArguments(IReadOnlyList<KeyValuePair<string, string>> Options, IReadOnlyList<string> Words)
{
    // These stand alone; every other option takes the word after it.
    private static readonly string[] Switches = ["json", "none", "help", "share-port", "door"];

    public static CommandArguments Parse(IEnumerable<string> arguments, List<string> faults)
    {
        var options = new List<KeyValuePair<string, string>>();
        var words = new List<string>();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(argument);
                continue;
            }
            var (name, value) = Split(argument[2..]);
            if (value is null && Switches.Contains(name))
                value = "true";
            if (value is null && !rest.TryDequeue(out value))
                faults.Add($"--{name} has no value; write --{name} VALUE");
            options.Add(KeyValuePair.Create(name, value ?? ""));
        }
        return new CommandArguments(options, words);
    }

    public string? Option(string name) => Options.LastOrDefault(option => option.Key == name).Value;

    public IReadOnlyList<string> All(string name) => [.. Options.Where(option => option.Key == name).Select(option => option.Value)];

    /// <summary>A fault for every option that is not among the given ones.</summary>
    public void Only(IReadOnlyCollection<string> names, List<string> faults) => faults.AddRange(Options
        .Where(option => !names.Contains(option.Key))
        .Select(option => $"--{option.Key} is no option of this command; there are {string.Join(", ", names.Select(name => "--" + name))}"));

    private static (string Name, string? Value) Split(string option) =>
        option.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign ? (option[..sign], option[(sign + 1)..]) : (option, null);
}
