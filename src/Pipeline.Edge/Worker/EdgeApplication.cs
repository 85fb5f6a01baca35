using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Pipeline.Edge.Administration;
using Pipeline.Edge.Forwarding;
using Pipeline.Edge.Listening;

namespace Pipeline.Edge.Worker;

/// <summary>What Kestrel runs for every request: the door it came through decides what it may ask.</summary>
internal sealed class EdgeApplication(PublicRequests users, PrivateRequests operators, ControlRequests control, ActiveRequests active)
    : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> container)
            return new DefaultHttpContext(contextFeatures);
        if (container.HostContext is not { } context)
            return container.HostContext = new DefaultHttpContext(contextFeatures);
        context.Initialize(contextFeatures);
        return context;
    }

    public async Task ProcessRequestAsync(DefaultHttpContext context)
    {
        var connection = context.Features.Get<ClientConnection>()!;
        connection.RequestBegan();
        active.Began();
        try
        {
            await (connection.Kind switch
            {
                ConnectionKind.Public => users.AnswerAsync(context),
                ConnectionKind.Private => operators.AnswerAsync(context),
                _ => control.AnswerAsync(context),
            });
        }
        finally
        {
            active.Ended();
            connection.RequestEnded();
        }
    }

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();
}
