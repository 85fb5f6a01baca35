using Pipeline.GitHub.Rehearsal.Expressions;
using YamlDotNet.RepresentationModel;
using Names = Pipeline.GitHub.Workflows.Names;

namespace Pipeline.GitHub.Rehearsal.Reading;

/// <summary>Reads a step.</summary>
internal static class StepReader
{
    internal static StepSource Read(YamlNode node, int number, Faults faults)
    {
        var step = new Mapping(node, $"step {number}", faults);
        var (run, uses) = (step.Text("run", Place.OfStep), step.Plain("uses"));
        if (run is null == uses is null)
            faults.Add(step.Line, $"step {number} has {(run is null ? "neither run nor uses" : "both run and uses")}; a step is a script or an action");
        var source = new StepSource
        {
            Line = step.Line,
            Id = step.Plain("id"),
            Name = step.Text("name", Place.OfStep),
            If = step.Condition("if", Place.StepIf),
            Run = run,
            Uses = uses is null ? null : ReadUse(uses),
            With = step.Settings("with", Place.OfStep),
            Env = step.Settings("env", Place.OfStep),
            Shell = step.Text("shell", Place.Nowhere),
            WorkingDirectory = step.Text("working-directory", Place.OfStep),
            ContinueOnError = step.Text("continue-on-error", Place.OfStep),
            TimeoutMinutes = step.Text("timeout-minutes", Place.OfStep),
        };
        if (source.Id is { } id && !Names.IsIdentifier(id))
            faults.Add(step.LineOf("id"), $"step id '{id}': write a letter or _, then letters, digits, _ and -");
        if (run is not null && source.With.Count > 0)
            faults.Add(step.LineOf("with"), $"step {number} is a script and has inputs; only actions take with");
        step.RefuseOthers();
        return source;
    }

    private static ActionUse ReadUse(string uses)
    {
        var parts = uses.Split('@', 2);
        return new(parts[0].ToLowerInvariant(), parts.Length > 1 ? parts[1] : "");
    }
}
