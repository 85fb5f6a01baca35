namespace Pipeline.Targets.CommandLine;

/// <summary>The options of every pipeline program, in the order of the help: those of Cake.Frosting, then those of the pipeline.</summary>
internal static class KnownOptions
{
    internal const string Target = "target";
    internal const string Exclusive = "exclusive";
    internal const string DryRun = "dryrun";
    internal const string Help = "help";
    internal const string List = "list";
    internal const string Plan = "plan";
    internal const string Graph = "graph";
    internal const string Force = "force";
    internal const string Parallel = "parallel";
    internal const string KeepGoing = "keep-going";
    internal const string Completion = "completion";
    internal const string Tree = "tree";
    internal const string Descriptions = "description";
    internal const string Version = "version";
    internal const string Info = "info";
    internal const string NoReport = "no-report";
    internal const string Summary = "summary";

    internal static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    internal static IReadOnlyList<OptionDefinition> All { get; } =
    [
        new(Target, "Runs this target and what it depends on; repeatable") { Short = 't', Value = OptionValue.Required, ValueName = "name", Completion = ValueCompletion.Targets, IsRepeatable = true, GoesToCake = true },
        new(Exclusive, "Runs the named targets without what they depend on") { Aliases = ["skip-dependencies"], Short = 'e', GoesToCake = true },
        new(Parallel, "Runs up to this many targets at a time (default: the number of processors)") { Short = 'p', Value = OptionValue.Required, ValueName = "number" },
        new(KeepGoing, "After a failure, still runs what does not depend on it") { Short = 'k' },
        new(Force, "Runs all targets, or these, although their evidence still holds") { Value = OptionValue.Optional, ValueName = "name,…", Completion = ValueCompletion.Targets, IsRepeatable = true },
        new(Plan, "Shows what would run and what is skipped, and why") { Value = OptionValue.Optional, ValueName = "text|json", Words = ["text", "json"], Completion = ValueCompletion.Words },
        new(DryRun, "Lists the targets in their order without running them") { Aliases = ["noop", "whatif"], GoesToCake = true },
        new(List, "Lists all targets"),
        new(Tree, "Shows the targets as a tree") { Aliases = ["showtree"], GoesToCake = true },
        new(Graph, "Prints the targets as a mermaid graph") { Value = OptionValue.Optional, ValueName = "mermaid", Words = ["mermaid"], Completion = ValueCompletion.Words },
        new(Descriptions, "Shows each target with its description") { Aliases = ["descriptions", "showdescription", "showdescriptions"], GoesToCake = true },
        new("verbosity", "How much Cake's log says") { Short = 'v', Value = OptionValue.Required, ValueName = "level", Words = ["quiet", "minimal", "normal", "verbose", "diagnostic"], Completion = ValueCompletion.Words, GoesToCake = true },
        new("working", "Works in this folder") { Short = 'w', Value = OptionValue.Required, ValueName = "folder", Completion = ValueCompletion.Folders, GoesToCake = true },
        new(NoReport, "Leaves out the summary at the end") { GoesToCake = true },
        new(Summary, "Writes the summary of the run, or of the plan, into this file as markdown") { Value = OptionValue.Required, ValueName = "file" },
        new(Completion, "Prints a script for the shell that completes options, targets and values") { Value = OptionValue.Required, ValueName = "shell", Words = Shells, Completion = ValueCompletion.Words },
        new(Version, "Shows the version of Cake") { Aliases = ["ver"], GoesToCake = true },
        new(Info, "Shows more about Cake") { GoesToCake = true },
        new(Help, "Shows this help") { Short = 'h' },
    ];

    internal static OptionDefinition Of(IParameter parameter) => new(parameter.Name, parameter.Description)
    {
        Value = parameter.IsSwitch ? OptionValue.Optional : OptionValue.Required,
        ValueName = parameter.ValueName,
        Words = parameter.IsSwitch ? ["true", "false"] : parameter.AllowedTexts,
        Completion = parameter.IsSwitch || parameter.AllowedTexts.Count > 0 ? ValueCompletion.Words : ValueCompletion.Anything,
        GoesToCake = true,
        Parameter = parameter,
    };
}
