using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Shop.Hosting.Requests;

/// <summary>
/// Takes a request's body in whole before anything is done for it: bodies are small here, and a slow sender holds nothing but his own
/// connection. When the server begins to stop it wakes readers that wait for more; this one waits on, so that the request is finished.
/// </summary>
internal sealed class WholeBody(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            context.Request.Body = new MemoryStream(await ReadAsync(context), writable: false);
        await next(context);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.IsCompleted && !read.IsCanceled)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
