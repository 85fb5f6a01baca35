using Build.Diagnosis;
using Pipeline.Applications.Stages;
using Pipeline.Delivery.Ports;
using Pipeline.Edge.Control;
using Pipeline.Engines.Processes;
using Pipeline.Postgres.Connections;
using Pipeline.Supervision;
using Pipeline.Verification.Readiness;

namespace Build.Environments.Stages.Processes;

/// <summary>An environment as supervised processes of this machine.</summary>
/// <param name="environment">The environment.</param>
/// <param name="paths">Where it keeps its state.</param>
/// <param name="database">Its database, embedded or given.</param>
/// <param name="files">The applications of releases.</param>
/// <param name="programs">Finds a program that outlives this one, by its name.</param>
/// <param name="supervisors">Runs them.</param>
/// <param name="time">The clock.</param>
public sealed class ProcessStage(
    ShopEnvironment environment, StatePaths paths, IDatabaseServer database, IApplicationFiles files, Func<string, string> programs, ISupervisors supervisors,
    TimeProvider time) : IShopStage
{
    public IStageFoundation Foundation => new ProcessFoundation(database, new Sandbox(environment, paths.Sandbox(environment.Name), programs("sandbox"), supervisors));

    public bool IsOnThisMachine => true;

    public IEngine Engine => new ProcessEngine(environment.Name, paths.Instances(environment.Name), files, supervisors, time);

    public IEdge Edge => new SupervisedEdge(
        environment.Name, paths.Edge(environment.Name), environment.Url, Path.Combine(programs("edge"), "Pipeline.Edge.dll"), supervisors, time, new());

    public IReadinessProbe Readiness => new HttpReadinessProbe(time);

    public IEnumerable<IExamination> Examinations =>
    [
        new PortExamination(environment, paths.Edge(environment.Name), supervisors),
        new DatabaseExamination($"{environment.Name}'s database", database),
    ];

    public async Task StopAsync(CancellationToken cancellation)
    {
        await supervisors.StopAsync(paths.Edge(environment.Name), cancellation);
        await Task.WhenAll(supervisors.ObserveAll(paths.Instances(environment.Name)).Select(instance => supervisors.StopAsync(instance.Specification.Directory, cancellation)));
        await supervisors.StopAsync(paths.Sandbox(environment.Name), cancellation);
        await database.StopAsync(cancellation);
    }

    public async Task ForgetAsync(CancellationToken cancellation)
    {
        await StopAsync(cancellation);
        await database.DeleteAsync(cancellation);
    }

    public void Dispose()
    {
    }
}
