using Build.Diagnosis;
using Pipeline.Applications.Stages;
using Pipeline.Applications.Stages.Docker;
using Pipeline.Containers.Images;
using Pipeline.Containers.Sandboxes;
using Pipeline.Delivery.Ports;

namespace Build.Environments.Stages.Docker;

/// <summary>An environment of the Shop as containers: what every application has there, and a sandbox.</summary>
public sealed class DockerShopStage : IShopStage
{
    // So far from the edge's port and from each other that those of two environments with neighbouring ports on one host never meet.
    private const int InboxPortDistance = 100;
    private const int MailPortDistance = 200;
    private readonly DockerStage stage;
    private readonly TimeProvider time;

    /// <param name="environment">The environment.</param>
    /// <param name="settings">What every application has on Docker hosts.</param>
    /// <param name="sandboxImage">The image of its stand-ins for the outside world.</param>
    /// <param name="time">The clock.</param>
    public DockerShopStage(ShopEnvironment environment, DockerStageSettings settings, IHostImage sandboxImage, TimeProvider time)
    {
        this.time = time;
        stage = new DockerStage(settings, time);
        var sandbox = new SandboxContainer(stage.Stage, stage.Containers, new()
        {
            Image = sandboxImage,
            PaymentMode = environment.PaymentMode,
            HttpPort = environment.Port + InboxPortDistance,
            SmtpPort = settings.Hosts.Count > 1 ? environment.Port + MailPortDistance : null,
        });
        Foundation = new DockerFoundation(stage.Stage, stage.Database, sandbox);
    }

    public IStageFoundation Foundation { get; }

    public bool IsOnThisMachine => stage.IsOnThisMachine;

    public StageHosts Hosts => stage.Hosts;

    public bool OutlivesClones => stage.OutlivesClones;

    public IEngine Engine => stage.Engine;

    public IEdge Edge => stage.Edge;

    public IReadinessProbe Readiness => stage.Readiness;

    public IEnumerable<IExamination> Examinations => stage.Containers.Hosts.Select(host => new HostExamination(host, time));

    public Task StopAsync(CancellationToken cancellation) => stage.StopAsync(cancellation);

    public Task ForgetAsync(CancellationToken cancellation) => stage.ForgetAsync(cancellation);

    public void Dispose() => stage.Dispose();
}
