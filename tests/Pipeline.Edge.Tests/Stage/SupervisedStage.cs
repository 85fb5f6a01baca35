using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Traffic;
using Pipeline.Edge.Control;
using Pipeline.Supervision;

namespace Pipeline.Edge.Tests.Stage;

/// <summary>An edge as it runs in an environment: under its supervisor, with sockets that outlive its workers.</summary>
public sealed class SupervisedStage : IAsyncDisposable
{
    private readonly TemporaryDirectory root = new();
    private readonly int port = LoopbackPort.Free();
    private long token;

    public Supervisors Supervisors { get; } = new(Path.Combine(AppContext.BaseDirectory, "Pipeline.Supervisor.dll"), TimeProvider.System);

    public string Directory => root.Combine("edges", "testing");

    public Uri Url => new($"http://127.0.0.1:{port}/");

    public SupervisedEdge Edge(EdgeSettings? settings = null) =>
        new("testing", Directory, Url, EdgeStage.Dll, Supervisors, TimeProvider.System, settings ?? new EdgeSettings());

    public static async Task<(SupervisedStage Stage, SupervisedEdge Edge)> StartAsync()
    {
        var stage = new SupervisedStage();
        var edge = stage.Edge();
        await edge.EnsureRunningAsync(TestContext.Current.CancellationToken);
        return (stage, edge);
    }

    public Task RouteAsync(Colour colour, Digest digest, params Uri[] instances) =>
        Edge().ApplyAsync(new EdgeRoutes([EdgeStage.Side(colour, digest, 100, instances)]), new FencingToken(++token), TestContext.Current.CancellationToken);

    public int ProcessId => Supervisors.Observe(Directory)!.ProcessId!.Value;

    public async ValueTask DisposeAsync()
    {
        await Supervisors.StopAsync(Directory, CancellationToken.None);
        root.Dispose();
    }
}
