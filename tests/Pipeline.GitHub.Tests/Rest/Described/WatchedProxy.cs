using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Pipeline.GitHub.Tests.Rest.Described;

/// <summary>An HTTP proxy that hands every request, whatever host it is for, to one server, and remembers how it was answered.</summary>
internal sealed class WatchedProxy : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly HttpMessageInvoker behind = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<string> seen = [];

    private WatchedProxy(Uri server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        application = builder.Build();
        application.Run(context => ForwardAsync(context, server));
    }

    public string Address => application.Urls.Single();

    /// <summary>All requests with the status of their answers: <c>PUT /repos/… 204</c>.</summary>
    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (seen)
                return [.. seen];
        }
    }

    public static async Task<WatchedProxy> OfAsync(Uri server)
    {
        var proxy = new WatchedProxy(server);
        await proxy.application.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        behind.Dispose();
    }

    private async Task ForwardAsync(HttpContext context, Uri server)
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(server, context.Request.GetEncodedPathAndQuery()));
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType ?? "application/json");
        }
        // GitHub answers its own older media types, which gh asks for and the description lacks, with JSON.
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", (IEnumerable<string?>)context.Request.Headers.Authorization);
        using var answer = await behind.SendAsync(request, context.RequestAborted);
        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        lock (seen)
            seen.Add($"{context.Request.Method} {context.Request.Path} {(int)answer.StatusCode}{(answer.IsSuccessStatusCode ? "" : $": {System.Text.Encoding.UTF8.GetString(body)}")}");
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (body.Length > 0)
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
