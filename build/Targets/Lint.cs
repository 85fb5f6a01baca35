using Build.Linting;
using Build.Linting.Workflows;
using Cake.Frosting;
using Pipeline.Applications.Sources.DockerfileRules;
using Pipeline.Applications.Sources.Publishing;
using Pipeline.Delivery;
using Pipeline.Postgres.Migrations.Lint;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Checks formatting, analyzers, migrations, workflows and Dockerfiles")]
[IsDependentOn(typeof(Compile))]
public sealed class Lint(StatePaths paths, WorkflowLint workflows) : Target<Evidence>
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Files(Sources.Code).Files("**/*Dockerfile*");

    protected override Task<Recall<Evidence>> RecallAsync(TargetContext context, FoundEvidence<Evidence>? evidence, CancellationToken cancellation) =>
        Task.FromResult(Evidence.Decide<Lint>(context, evidence));

    protected override async Task<Evidence> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var format = new SourceLint(context, paths.Repository, Sources.Solution).CheckFormat();
        Finding[] others =
        [
            .. MigrationLint.Check(Path.Combine(paths.Repository, Sources.Migrations))
                .Select(finding => new Finding($"{Sources.Migrations}/{finding.File}", finding.Line, 0, "", finding.Message) { Tool = "SQL rules" }),
            .. (await workflows.CheckAsync(cancellation)).Select(finding => new Finding(finding.File, finding.Line, finding.Column, "", finding.Message) { Tool = "workflow rules" }),
            .. DockerfileLint.Check(paths.Repository, await SourceExport.ListAsync(paths.Repository, cancellation)),
        ];
        context.Report([.. format, .. others]);
        SourceLint.RequireNone(format);
        return others.Length == 0
            ? new Evidence("formatting, analyzers, migrations, workflows and Dockerfiles without a finding")
            : throw new DeliveryException($"lint: {others.Length} findings; mend them:\n  {string.Join("\n  ", others.Select(Describe))}");
    }

    private static string Describe(Finding finding) => finding.Column == 0
        ? $"{finding.File}:{finding.Line}: {finding.Message}"
        : $"{finding.File}:{finding.Line}:{finding.Column}: {finding.Message}";
}
