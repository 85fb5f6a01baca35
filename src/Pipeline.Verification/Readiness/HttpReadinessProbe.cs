using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Verification.Http;

namespace Pipeline.Verification.Readiness;

/// <summary>
/// Asks an instance with <c>GET /ready</c> on its own address, on a new connection, past any proxy. Ready is a status of 200 to 299 within
/// the time-out; a redirect is not.
/// </summary>
public sealed class HttpReadinessProbe : IReadinessProbe, IDisposable
{
    private const int ShownCharacters = 200;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private readonly TimeProvider time;
    private readonly HttpClient client;

    /// <summary>Asks instances that this machine reaches.</summary>
    /// <param name="time">The clock of the time-out.</param>
    public HttpReadinessProbe(TimeProvider time)
        : this(time, null)
    {
    }

    /// <summary>Asks instances that only another way leads to.</summary>
    /// <param name="time">The clock of the time-out.</param>
    /// <param name="connect">Makes a connection to the host and port of an address; null for this machine's own way.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    public HttpReadinessProbe(TimeProvider time, Func<DnsEndPoint, CancellationToken, ValueTask<Stream>>? connect)
    {
        this.time = time;
        client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = connect is null ? null : (context, cancellation) => connect(context.DnsEndPoint, cancellation),
            PooledConnectionLifetime = TimeSpan.Zero,
            UseCookies = false,
            UseProxy = false,
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc />
    public async Task<ProbeAnswer> ProbeAsync(Instance instance, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        using var late = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await AskAsync(instance, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeAnswer(Ready: false, string.Create(CultureInfo.InvariantCulture, $"no answer within {Timeout.TotalSeconds} s"));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidOperationException or NotSupportedException)
        {
            return new ProbeAnswer(Ready: false, RequestFailure.Describe(failure));
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private async Task<ProbeAnswer> AskAsync(Instance instance, CancellationToken cancellation)
    {
        using var response = await client.GetAsync(new Uri(instance.Address, "/ready"), HttpCompletionOption.ResponseHeadersRead, cancellation);
        var body = await BodyText.ReadAsync(response.Content, ShownCharacters * 4, cancellation);
        var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
        var shown = BodyText.Beginning(body, ShownCharacters);
        return new ProbeAnswer(response.IsSuccessStatusCode, shown.Length == 0 ? status : $"{status}: {shown}");
    }
}
