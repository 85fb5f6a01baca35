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
        SourceLint.RequireNone(new SourceLint(context, paths.Repository, Sources.Solution).CheckFormat());
        var findings = MigrationLint.Check(Path.Combine(paths.Repository, Sources.Migrations)).Select(finding => $"{Sources.Migrations}/{finding}")
            .Concat((await workflows.CheckAsync(cancellation)).Select(finding => $"{finding}"))
            .Concat(DockerfileLint.Check(paths.Repository, await SourceExport.ListAsync(paths.Repository, cancellation))).ToArray();
        return findings.Length == 0
            ? new Evidence("formatting, analyzers, migrations, workflows and Dockerfiles without a finding")
            : throw new DeliveryException($"lint: {findings.Length} findings; mend them:\n  {string.Join("\n  ", findings)}");
    }
}
