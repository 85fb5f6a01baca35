using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Edge.Control;

/// <summary>Gives orders to a running edge over its control socket, whichever way that is reached.</summary>
/// <param name="environment">The environment's name, for messages.</param>
/// <param name="connect">Makes a connection to the control socket; null when nobody listens there.</param>
/// <param name="absence">What to say, and to do, when nobody does.</param>
public sealed class EdgeOrders(string environment, Func<CancellationToken, Task<Stream?>> connect, Func<string> absence)
{
    /// <summary>The request header that picks a side on the edge's private socket.</summary>
    public const string BackendHeader = "Pipeline-Backend";

    /// <summary>How long the edge may take for an answer, beside what an order says; one minute by default. A host that vanished says nothing for ever.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What the edge says of itself; null when it does not run.</summary>
    /// <exception cref="DeliveryException">It broke off.</exception>
    public Task<EdgeStatus?> ObserveAsync(CancellationToken cancellation) => SendAsync<EdgeStatus>(HttpMethod.Get, "/status", null, cancellation);

    /// <summary>The name that the edge was started with (<c>edge run --name</c>); null when none runs.</summary>
    /// <exception cref="DeliveryException">It broke off.</exception>
    public async Task<string?> ReadNameAsync(CancellationToken cancellation) => (await SendAsync<Named>(HttpMethod.Get, "/status", null, cancellation))?.Name;

    /// <summary>Replaces all routes in one step. They are on disk before they take effect.</summary>
    /// <exception cref="DeliveryException">The token is older than the last one the edge accepted, the routes are invalid, or the edge does not run.</exception>
    public async Task ApplyAsync(EdgeRoutes routes, FencingToken token, CancellationToken cancellation)
    {
        var order = new
        {
            fence = token.Value,
            backends = routes.Backends.Select(backend => new
            {
                colour = backend.Colour.Name(),
                digest = backend.Digest.Value,
                weight = backend.Weight,
                destinations = backend.Destinations.Select(destination => new { instance = destination.Instance, address = Origin(destination.Address) }),
            }),
        };
        _ = await SendAsync<EdgeStatus>(HttpMethod.Put, "/routes", order, cancellation) ?? throw NotRunning();
    }

    /// <summary>Waits until no request is in flight to a side, at most the given time; returns the number still in flight.</summary>
    /// <exception cref="DeliveryException">The edge does not run.</exception>
    public async Task<int> DrainAsync(Colour colour, TimeSpan atMost, CancellationToken cancellation)
    {
        var patience = AnswerTimeout + atMost;
        var milliseconds = Math.Max(0, atMost.TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture);
        var answer = await SendAsync<DrainAnswer>(HttpMethod.Post, $"/drain?colour={colour.Name()}&atMost={milliseconds}ms", null, patience, cancellation);
        return (answer ?? throw NotRunning()).InFlight;
    }

    /// <summary>Keeps users' requests waiting until <see cref="ReleaseAsync"/>, at most the given time.</summary>
    /// <param name="atMost">Above 0, at most 30 seconds; the hold then ends by itself.</param>
    /// <param name="token">The deployment's fencing token.</param>
    /// <param name="cancellation">Stops the order, not the hold.</param>
    /// <exception cref="DeliveryException">The token is too old, the time out of bounds, or the edge does not run.</exception>
    public async Task HoldAsync(TimeSpan atMost, FencingToken token, CancellationToken cancellation)
    {
        var order = new { fence = token.Value, atMost = string.Create(CultureInfo.InvariantCulture, $"{atMost.TotalMilliseconds:0}ms") };
        _ = await SendAsync<EdgeStatus>(HttpMethod.Post, "/hold", order, cancellation) ?? throw NotRunning();
    }

    /// <summary>Lets held requests go.</summary>
    /// <param name="token">The deployment's fencing token.</param>
    /// <param name="cancellation">Stops the order.</param>
    /// <exception cref="DeliveryException">The token is too old, or the edge does not run.</exception>
    public async Task ReleaseAsync(FencingToken token, CancellationToken cancellation) =>
        _ = await SendAsync<EdgeStatus>(HttpMethod.Post, "/release", new { fence = token.Value }, cancellation) ?? throw NotRunning();

    internal DeliveryException NotRunning() => new($"edge of {environment}: {absence()}") { IsTransient = true };

    private Task<T?> SendAsync<T>(HttpMethod method, string path, object? order, CancellationToken cancellation)
        where T : class => SendAsync<T>(method, path, order, AnswerTimeout, cancellation);

    private async Task<T?> SendAsync<T>(HttpMethod method, string path, object? order, TimeSpan patience, CancellationToken cancellation)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return await connect(limit.Token) is { } connection ? await ControlCall.SendAsync<T>(connection, method, path, order, limit.Token) : null;
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException($"edge of {environment}: no answer to {method} {path} within {patience.TotalSeconds:0.###} s; look whether its host is alive, then run again", late)
            {
                IsTransient = true,
            };
        }
        catch (EdgeAnswerException refusal)
        {
            throw new DeliveryException($"edge of {environment}: {refusal.Message}", refusal)
            {
                IsTransient = refusal.Status is HttpStatusCode.ServiceUnavailable,
            };
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or SocketException)
        {
            throw new DeliveryException($"edge of {environment}: it broke off the order {method} {path} ({problem.Message}); ask it for its status and try again", problem)
            {
                IsTransient = true,
            };
        }
    }

    private static string Origin(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private sealed record DrainAnswer(int InFlight);

    private sealed record Named(string Name);
}
