using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Pipeline.Registry.Tests.Servers;

/// <summary>A server in front of a registry that passes everything on, unless a test has it behave otherwise.</summary>
internal sealed class Front : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly HttpMessageInvoker behind = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly string registry;

    private Front(string registry)
    {
        this.registry = registry;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        application = builder.Build();
        application.Run(context => Behave(context, () => ForwardAsync(context)));
    }

    /// <summary>What is done with a request; the second argument passes it on.</summary>
    public Func<HttpContext, Func<Task>, Task> Behave { get; set; } = (_, pass) => pass();

    /// <summary>Host and port, as references begin.</summary>
    public string Host => new Uri(application.Urls.Single()).Authority;

    public static async Task<Front> OfAsync(string registry)
    {
        var front = new Front(registry);
        await front.application.StartAsync(TestContext.Current.CancellationToken);
        return front;
    }

    /// <summary>Breaks the connection as a crash would.</summary>
    public static void Cut(HttpContext context) => context.Abort();

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        behind.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var request = Request(context, new Uri($"http://{registry}{context.Request.GetEncodedPathAndQuery()}"));
        using var answer = await behind.SendAsync(request, context.RequestAborted);
        await AnswerAsync(context, answer);
    }

    /// <summary>Passes a request on as another one.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        return await behind.SendAsync(request, cancellation);
    }

    private static HttpRequestMessage Request(HttpContext context, Uri address)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), address);
        if (context.Request.ContentLength is not null || context.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name is "Host" or "Transfer-Encoding")
                continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        return request;
    }

    public async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection"))
                context.Response.Headers[name] = values.Select(value => name == "Location" ? value.Replace(registry, Host, StringComparison.Ordinal) : value).ToArray();
        }
        if (context.Request.Method != "HEAD")
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
