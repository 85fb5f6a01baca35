using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Pipeline.Verification.Http;
using Pipeline.Verification.Load.Measuring;
using Pipeline.Verification.Load.Plans;
using Pipeline.Verification.Load.Reports;

namespace Pipeline.Verification.Load.Sending;

/// <summary>Sends requests and says how each ended.</summary>
internal sealed class RequestSender : IDisposable
{
    private const int SearchedBytes = 1024 * 1024;
    private const int ShownCharacters = 500;
    private readonly LoadTarget target;
    private readonly TimeProvider time;
    private readonly HttpClient client;
    private long connections;
    private long cutOff;

    public RequestSender(LoadTarget target, int mostConnections, TimeProvider time)
    {
        (this.target, this.time) = (target, time);
        client = NewClient(mostConnections);
    }

    public long Connections => Interlocked.Read(ref connections);

    public long CutOff => Interlocked.Read(ref cutOff);

    public async Task<RequestOutcome> SendAsync(LoadRequest request, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(target.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using var message = Message(request);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await JudgeAsync(request, response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var late = string.Create(CultureInfo.InvariantCulture, $"no complete answer within {target.RequestTimeout.TotalSeconds:0.###} s");
            return new RequestOutcome(LoadFailureKind.TimeOut, late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new RequestOutcome(KindOf(broken), $"{RequestFailure.Describe(broken)} ({broken.GetType().Name}: {broken.Message})");
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<RequestOutcome> JudgeAsync(LoadRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var release = target.ReleaseHeader is not null && response.Headers.TryGetValues(target.ReleaseHeader, out var values) ? values.First() : null;
        var status = (int)response.StatusCode;
        var failure = status == request.ExpectedStatus ? null
            : status >= 500 ? LoadFailureKind.ServerError
            : request.ExpectedStatus is not null || status >= 400 ? LoadFailureKind.WrongStatus
            : (LoadFailureKind?)null;
        if (failure is null && request.ExpectedText is null)
        {
            await response.Content.CopyToAsync(Stream.Null, cancellation);
            return new RequestOutcome(null, Release: release);
        }
        var body = await BodyText.ReadAsync(response.Content, SearchedBytes, cancellation);
        if (failure is null && !body.Contains(request.ExpectedText!, StringComparison.Ordinal))
            failure = LoadFailureKind.WrongBody;
        return failure is null
            ? new RequestOutcome(null, Release: release)
            : new RequestOutcome(failure, $"status {(int)response.StatusCode}, body: {BodyText.Beginning(body, ShownCharacters)}", release);
    }

    private HttpRequestMessage Message(LoadRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(target.Address, request.Path))
        {
            Version = target.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = request.Body is null ? null : new StringContent(request.Body, Encoding.UTF8, request.ContentType),
        };
        foreach (var header in request.Headers)
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return message;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    private HttpClient NewClient(int mostConnections) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = ConnectAsync,
        MaxConnectionsPerServer = mostConnections,
        UseCookies = false,
        UseProxy = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket, and the client the stream.")]
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            Interlocked.Increment(ref connections);
            return new WatchedStream(new NetworkStream(socket, ownsSocket: true), () => Interlocked.Increment(ref cutOff));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static LoadFailureKind KindOf(Exception broken) => ErrorOf(broken) switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError => LoadFailureKind.ConnectError,
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError => LoadFailureKind.NotHttp,
        _ => LoadFailureKind.Reset,
    };

    private static HttpRequestError ErrorOf(Exception broken) => broken switch
    {
        HttpRequestException request => request.HttpRequestError,
        HttpIOException reading => reading.HttpRequestError,
        _ => HttpRequestError.Unknown,
    };
}
