using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>Artifacts of a run have names of their own: a second one of the same name is refused, also in a second attempt.</summary>
internal static class Artifacts
{
    public static IEnumerable<Objection> Check(YamlMappingNode workflow)
    {
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (jobName, job) in workflow.Find("jobs").Entries().Select(entry => (entry.Key, entry.Value)))
        {
            foreach (var step in job.Steps().Where(step => OneStep.Is(step.Find("uses"), "actions/upload-artifact")))
            {
                var where = step.Input("name") ?? step.Find("uses")!;
                var name = step.Input("name").Text();
                if (name is null)
                    yield return new(where, $"the artifact of job {jobName} has no name, so that a second one is refused; write one");
                else if (!names.TryAdd(name, jobName))
                    yield return new(where, $"artifact '{name}' of job {jobName} has the name of one of job {names[name]}; choose another");
                if (name is null)
                    continue;
                if (!name.Contains("github.run_attempt", StringComparison.Ordinal) && step.Input("overwrite").Text() != "true")
                    yield return new(where, $"artifact '{name}' is refused when the job is run again; put ${{{{ github.run_attempt }}}} into its name");
                foreach (var dimension in job.Find("strategy").Find("matrix").Entries().Select(entry => entry.Key).Where(key => key is not ("include" or "exclude")))
                {
                    if (!name.Contains($"matrix.{dimension}", StringComparison.Ordinal))
                        yield return new(where, $"artifact '{name}' is the same for each {dimension} of the matrix; put ${{{{ matrix.{dimension} }}}} into its name");
                }
            }
        }
    }
}
