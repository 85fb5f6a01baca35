using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pipeline.Verification.Tests;

/// <summary>A real web server on a port of its own, or on a Unix domain socket.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private WebServer(WebApplication application) => this.application = application;

    public Uri Address => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<WebServer> StartAsync(Action<WebApplication> routes, string? socket = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (socket is not null)
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        var application = builder.Build();
        routes(application);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new WebServer(application);
    }

    public static Task<WebServer> AnsweringAsync(RequestDelegate answer) => StartAsync(routes => routes.Run(answer));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }
}
