using System.Net;
using System.Net.Sockets;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;
using Pipeline.Supervision;
using Pipeline.Supervision.Launching;

namespace Pipeline.Edge.Control;

/// <summary>The edge of one environment, run by a supervisor that holds its listening sockets, and ordered over its control socket.</summary>
public sealed class SupervisedEdge : IEdge
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);
    private readonly string environment;
    private readonly string directory;
    private readonly ISupervisors supervisors;
    private readonly TimeProvider time;
    private readonly ProcessSpecification specification;
    private readonly EdgeSockets sockets;
    private readonly EdgeOrders orders;

    /// <summary>An edge that is started, or found running, by <see cref="EnsureRunningAsync"/>.</summary>
    /// <param name="environment">The environment's name, for messages.</param>
    /// <param name="directory">The folder of this edge alone: its routes, sockets and logs. Its path may be of any length.</param>
    /// <param name="publicUrl">Where users reach it: <c>http://127.0.0.1:18082</c>. An IP address or localhost, http, no path.</param>
    /// <param name="edgeDll">The edge program, <c>Pipeline.Edge.dll</c>, in a folder that stays as it is while the edge runs.</param>
    /// <param name="supervisors">Runs the program.</param>
    /// <param name="time">The clock.</param>
    /// <param name="settings">Limits and time-outs.</param>
    /// <exception cref="DeliveryException">The URL is none that an edge can listen on.</exception>
    public SupervisedEdge(
        string environment, string directory, Uri publicUrl, string edgeDll, ISupervisors supervisors, TimeProvider time, EdgeSettings settings)
    {
        this.environment = environment;
        this.directory = Path.GetFullPath(directory);
        this.supervisors = supervisors;
        this.time = time;
        sockets = new EdgeSockets(this.directory);
        orders = new EdgeOrders(environment, sockets.ConnectAsync, () => $"none answers in {this.directory}; start it (EnsureRunning) and try again{LogEnd()}");
        specification = new ProcessSpecification
        {
            Directory = this.directory,
            FileName = DotnetHost.Path,
            Arguments = [edgeDll, "run", "--directory", this.directory, .. settings.Flags()],
            Environment = EdgeRuntime.Variables,
            Listen = [ListenAddress(environment, publicUrl)],
            StopTimeout = settings.DrainTimeout + TimeSpan.FromSeconds(5),
        };
    }

    /// <inheritdoc />
    /// <exception cref="DeliveryException">It could not be started or replaced; the message ends with the last lines of its log.</exception>
    public async Task EnsureRunningAsync(CancellationToken cancellation)
    {
        var present = supervisors.Observe(directory);
        var listensElsewhere = present is not null && !present.Specification.Listen.SequenceEqual(specification.Listen);
        try
        {
            if (present is { Running: true, Supervised: true } && !listensElsewhere && !present.Specification.IsSameAs(specification))
                await supervisors.ReplaceAsync(specification, ReadyTimeout, cancellation);
            else
                await supervisors.StartAsync(specification, cancellation);
        }
        catch (SupervisionException problem)
        {
            throw new DeliveryException($"edge of {environment}: {problem.Message}{LogEnd()}", problem);
        }
        await WaitUntilItAnswersAsync(cancellation);
    }

    /// <inheritdoc />
    public Task<EdgeStatus?> ObserveAsync(CancellationToken cancellation) => orders.ObserveAsync(cancellation);

    /// <inheritdoc />
    public Task ApplyAsync(EdgeRoutes routes, FencingToken token, CancellationToken cancellation) => orders.ApplyAsync(routes, token, cancellation);

    /// <inheritdoc />
    public Task<int> DrainAsync(Colour colour, TimeSpan atMost, CancellationToken cancellation) => orders.DrainAsync(colour, atMost, cancellation);

    /// <inheritdoc />
    /// <exception cref="DeliveryException">No edge has run in the folder yet, so that its sockets are not known.</exception>
    public PrivateRoute PrivateRouteTo(Colour colour) => new((sockets.Read() ?? throw NotRunning()).Private, EdgeOrders.BackendHeader, colour);

    /// <summary>Keeps users' requests waiting until <see cref="ReleaseAsync"/>, at most the given time.</summary>
    /// <param name="atMost">Above 0, at most 30 seconds; the hold then ends by itself.</param>
    /// <param name="token">The deployment's fencing token.</param>
    /// <param name="cancellation">Stops the order, not the hold.</param>
    /// <exception cref="DeliveryException">The token is too old, the time out of bounds, or the edge does not run.</exception>
    public Task HoldAsync(TimeSpan atMost, FencingToken token, CancellationToken cancellation) => orders.HoldAsync(atMost, token, cancellation);

    /// <summary>Lets held requests go.</summary>
    /// <param name="token">The deployment's fencing token.</param>
    /// <param name="cancellation">Stops the order.</param>
    /// <exception cref="DeliveryException">The token is too old, or the edge does not run.</exception>
    public Task ReleaseAsync(FencingToken token, CancellationToken cancellation) => orders.ReleaseAsync(token, cancellation);

    /// <summary>Stops the edge after its requests in flight. Nothing happens when it does not run.</summary>
    /// <exception cref="DeliveryException">It could not be stopped.</exception>
    public async Task StopAsync(CancellationToken cancellation)
    {
        try
        {
            await supervisors.StopAsync(directory, cancellation);
        }
        catch (SupervisionException problem)
        {
            throw new DeliveryException($"edge of {environment}: {problem.Message}", problem);
        }
    }

    private async Task WaitUntilItAnswersAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var restarts = supervisors.Observe(directory)?.Restarts ?? 0;
        while (await ObserveAsync(cancellation) is null)
        {
            if (supervisors.Observe(directory) is not { } present || present.Restarts > restarts + 1)
            {
                var log = LogEnd();
                await StopAsync(cancellation);
                throw new DeliveryException($"edge of {environment}: it ends again and again and was stopped; correct what its log says{log}");
            }
            if (time.GetElapsedTime(started) > ReadyTimeout)
                throw new DeliveryException($"edge of {environment}: started, but it does not answer within {ReadyTimeout.TotalSeconds} s; correct what its log says, or give the machine time, and run again{LogEnd()}");
            await Task.Delay(Look, time, cancellation);
        }
    }

    private DeliveryException NotRunning() => orders.NotRunning();

    private string LogEnd()
    {
        var lines = supervisors.ReadLog(directory, 5);
        return lines.Count == 0 ? "" : $"{Environment.NewLine}its log ends with:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", lines)}";
    }

    private static string ListenAddress(string environment, Uri url)
    {
        var address = url.IdnHost == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(url.IdnHost, out var parsed) ? parsed : null;
        if (address is null || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/")
            throw new DeliveryException($"edge of {environment}: its URL is {url}; an edge listens on http, an IP address or localhost, and a port: http://127.0.0.1:18082");
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]:{url.Port}" : $"{address}:{url.Port}";
    }
}
