using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pipeline.Edge.Tests.Stage;

/// <summary>An instance behind the edge: a real server that answers as a test wants, and says on /echo what reached it.</summary>
public sealed class TestInstance : IAsyncDisposable
{
    private readonly WebApplication application;
    private int requests;

    private TestInstance(string name, RequestDelegate? answer, HttpProtocols protocols, IPAddress address)
    {
        Name = name;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(address, 0, listen => listen.Protocols = protocols);
        });
        application = builder.Build();
        application.UseWebSockets();
        application.Run(context => AnswerAsync(context, answer));
    }

    public string Name { get; }

    public Uri Address { get; private set; } = new("http://unset");

    /// <summary>The status of /ready.</summary>
    public int ReadyStatus { get; set; } = StatusCodes.Status200OK;

    /// <summary>How many requests came, probes not counted.</summary>
    public int Requests => Volatile.Read(ref requests);

    public static Task<TestInstance> StartAsync(RequestDelegate? answer = null) => StartAsync("instance", answer);

    public static async Task<TestInstance> StartAsync(string name, RequestDelegate? answer = null, HttpProtocols protocols = HttpProtocols.Http1, IPAddress? address = null)
    {
        var instance = new TestInstance(name, answer, protocols, address ?? IPAddress.Loopback);
        await instance.application.StartAsync(TestContext.Current.CancellationToken);
        instance.Address = new Uri(instance.application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return instance;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await application.StopAsync(atOnce.Token);
        await application.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context, RequestDelegate? answer)
    {
        if (context.Request.Path == "/ready")
        {
            context.Response.StatusCode = ReadyStatus;
            return Task.CompletedTask;
        }
        Interlocked.Increment(ref requests);
        return answer is not null ? answer(context) : EchoAsync(context);
    }

    private async Task EchoAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        context.Response.Headers["X-Instance"] = Name;
        await context.Response.WriteAsJsonAsync(new Echo(
            Name, context.Request.Method, context.Features.Get<IHttpRequestFeature>()!.RawTarget, context.Request.Protocol,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.Length));
    }
}

/// <summary>What reached an instance.</summary>
public sealed record Echo(string Instance, string Method, string Target, string Protocol, Dictionary<string, string> Headers, long BodyLength)
{
    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
