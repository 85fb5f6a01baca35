using Spectre.Console.Cli;

namespace Cake.Frosting.CommandLine;

/// <summary>The arguments that are no options of the host, in the form in which Cake takes them.</summary>
internal sealed class RemainingArguments(IEnumerable<KeyValuePair<string, string?>> arguments) : IRemainingArguments
{
    public ILookup<string, string?> Parsed { get; } = arguments.ToLookup(argument => argument.Key, argument => argument.Value);

    public IReadOnlyList<string> Raw => [];
}
