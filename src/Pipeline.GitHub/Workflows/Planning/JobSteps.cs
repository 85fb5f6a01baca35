namespace Pipeline.GitHub.Workflows;

/// <summary>The steps of a job that runs targets, from the checkout to its report.</summary>
internal sealed class JobSteps(RunnerActions actions, TargetJob job)
{
    private const string StateFolder = ".pipeline";

    private const string Handed = "handed-on";

    private static string OutputOf(string id) => $"{id}-state";

    public IEnumerable<Step> All(IReadOnlyList<TargetJob> taken, bool handsOn)
    {
        yield return new ActionStep(actions.Checkout)
        {
            // Versions follow from tags, and evidence from the whole tree.
            With = Inputs(("fetch-depth", "0"), ("persist-credentials", "false")),
        };
        yield return new ActionStep(actions.SetupDotnet) { With = Inputs(("global-json-file", "global.json")) };
        foreach (var other in taken)
        {
            yield return new ActionStep(actions.DownloadArtifact)
            {
                Name = $"Take what {other.Id} handed on",
                With = Inputs(("artifact-ids", Expression.JobOutput(other.Id, OutputOf(other.Id))), ("path", StateFolder)),
            };
        }
        foreach (var command in job.Commands)
            yield return Build(command);
        foreach (var step in job.Afterwards)
            yield return step;
        if (handsOn)
            yield return HandOn();
        yield return new ActionStep(actions.UploadArtifact)
        {
            Name = "Keep the report",
            If = Expression.Always,
            With = Inputs(("name", $"runs-{job.Id}-{Expression.RunAttempt}"), ("path", $"{StateFolder}/runs"), ("include-hidden-files", "true"), ("if-no-files-found", "ignore")),
        };
    }

    public IReadOnlyDictionary<string, Expression> Outputs(bool handsOn)
    {
        var outputs = job.Commands.SelectMany(command => command.Outputs.Select(output => (Name: output, Value: Expression.StepOutput(IdOf(command)!, output))));
        if (handsOn)
            outputs = outputs.Append((OutputOf(job.Id), Expression.StepOutput(Handed, "artifact-id")));
        return new SortedDictionary<string, Expression>(outputs.ToDictionary(output => output.Name, output => output.Value, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static BuildStep Build(TargetCommand command) => new(BuildCommand.Run(command.Targets, [.. command.Arguments]))
    {
        Name = command.Name is { } name ? (Template)name : null,
        Id = IdOf(command),
        If = command.If,
        Env = command.Env,
    };

    /// <summary>By its id, since a job that is run again finds the artifact of the first attempt only so.</summary>
    private ActionStep HandOn() => new(actions.UploadArtifact)
    {
        Name = "Hand on",
        Id = Handed,
        With = Inputs(
            ("name", $"{job.Id}-{Expression.RunAttempt}"),
            ("path", string.Join('\n', job.HandsOn.Select(folder => $"{StateFolder}/{folder}"))),
            ("include-hidden-files", "true"),
            ("if-no-files-found", "error")),
    };

    public static string IdOf(string target) => $"run-{target.ToLowerInvariant()}";

    private static string? IdOf(TargetCommand command) => command.Outputs.Count == 0 ? null : IdOf(command.Targets[0]);

    private static SortedDictionary<string, Template> Inputs(params ReadOnlySpan<(string Name, Template Value)> inputs)
    {
        SortedDictionary<string, Template> all = new(StringComparer.Ordinal);
        foreach (var (name, value) in inputs)
            all.Add(name, value);
        return all;
    }
}
