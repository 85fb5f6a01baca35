using System.Collections.Concurrent;

namespace Pipeline.Artifacts.Registry.Http;

/// <summary>Sends one request and says in words when the network fails. Follows no redirect, keeps no cookie, repeats nothing.</summary>
internal sealed class NetworkClient(RegistrySettings settings, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> clients = new(StringComparer.Ordinal);

    /// <summary>Returns as soon as the head of the answer is there.</summary>
    /// <param name="request">The request; its content may be long.</param>
    /// <param name="subject">Who is spoken to, for messages.</param>
    /// <param name="cancellation">Ends the exchange.</param>
    /// <exception cref="RegistryException">The other side cannot be reached, cut the connection, or fell silent; all of them but distrust may pass.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string subject, CancellationToken cancellation)
    {
        using var silence = new Silence(settings.Silence, time, cancellation);
        if (request.Content is PieceContent piece)
            piece.Moved = silence.Moved;
        request.Headers.UserAgent.ParseAdd("pipeline/1.0");
        try
        {
            return await ClientOf(request.RequestUri!.Authority).SendAsync(request, silence.Token);
        }
        catch (Exception fault) when (NetworkFault.Is(fault, silence))
        {
            throw NetworkFault.Describe(subject, fault);
        }
    }

    public void Dispose()
    {
        foreach (var client in clients.Values)
            client.Dispose();
    }

    private HttpMessageInvoker ClientOf(string authority) => clients.GetOrAdd(authority, name => new HttpMessageInvoker(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLife,
            SslOptions = TrustedCertificates.Options(Path.Combine(settings.CertificateDirectory, name)),
        },
        disposeHandler: true));
}
