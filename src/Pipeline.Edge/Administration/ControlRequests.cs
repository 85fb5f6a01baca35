using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Pipeline.Edge.Settings;

namespace Pipeline.Edge.Administration;

/// <summary>The control socket: HTTP and JSON.</summary>
internal sealed class ControlRequests(EdgeOrders orders, StatusReport status)
{
    private const long LargestOrder = 1024 * 1024;

    public async Task AnswerAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LargestOrder;
        try
        {
            await DispatchAsync(context);
        }
        catch (OrderRefusedException refusal)
        {
            await WriteAsync(context, refusal.Status, refusal.Answer, EdgeJson.Compact.ErrorAnswer);
        }
        catch (Exception problem) when (problem is JsonException or BadHttpRequestException)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, new ErrorAnswer($"the order cannot be read: {problem.Message}"), EdgeJson.Compact.ErrorAnswer);
        }
    }

    private async Task DispatchAsync(HttpContext context)
    {
        var cancellation = context.RequestAborted;
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", "/status"):
                await StatusAsync(context);
                break;
            case ("GET", "/metrics"):
                context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                await context.Response.WriteAsync(MetricsPage.Render(status.Read()), cancellation);
                break;
            case ("PUT", "/routes"):
                await orders.ApplyAsync(await ReadAsync(context, EdgeJson.Compact.RouteDocument), cancellation);
                await StatusAsync(context);
                break;
            case ("PUT", "/weights"):
                await orders.WeighAsync(await ReadAsync(context, EdgeJson.Compact.WeightsOrder), cancellation);
                await StatusAsync(context);
                break;
            case ("POST", "/hold"):
                orders.HoldRequests(await ReadAsync(context, EdgeJson.Compact.HoldOrder));
                await StatusAsync(context);
                break;
            case ("POST", "/release"):
                orders.ReleaseRequests(await ReadAsync(context, EdgeJson.Compact.HoldOrder));
                await StatusAsync(context);
                break;
            case ("POST", "/drain"):
                var left = await orders.DrainAsync(Colour(context), AtMost(context), cancellation);
                await WriteAsync(context, StatusCodes.Status200OK, new DrainAnswer(left), EdgeJson.Compact.DrainAnswer);
                break;
            default:
                throw new OrderRefusedException(StatusCodes.Status404NotFound, new ErrorAnswer(
                    $"{context.Request.Method} {context.Request.Path} is no order; there are GET /status, GET /metrics, PUT /routes, PUT /weights, POST /drain, POST /hold, POST /release"));
        }
    }

    private Task StatusAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status200OK, status.Read(), EdgeJson.Compact.StatusDocument);

    private static string Colour(HttpContext context) => context.Request.Query["colour"].ToString() is ("blue" or "green") and var colour
        ? colour
        : throw new OrderRefusedException(StatusCodes.Status400BadRequest, new ErrorAnswer($"drain: colour is '{context.Request.Query["colour"]}'; write blue or green"));

    private static TimeSpan AtMost(HttpContext context) => Quantities.Duration(context.Request.Query["atMost"].ToString())
        ?? throw new OrderRefusedException(StatusCodes.Status400BadRequest, new ErrorAnswer($"drain: atMost is '{context.Request.Query["atMost"]}'; write a time like 30s"));

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) where T : class =>
        await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
        ?? throw new OrderRefusedException(StatusCodes.Status400BadRequest, new ErrorAnswer("the order is null; send a JSON object"));

    private static Task WriteAsync<T>(HttpContext context, int statusCode, T answer, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, type, context.RequestAborted);
    }
}
