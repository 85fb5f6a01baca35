using System.Text.Json;
using Pipeline.Sandbox.Arguments;

namespace Pipeline.Sandbox.Payments;

/// <summary>The payment gateway.</summary>
internal sealed partial class PaymentEndpoints(ChargeStore charges, SandboxOptions options, ILogger<PaymentEndpoints> log)
{
    private const int LongestIdempotencyKey = 255;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/charges", (HttpRequest request, CancellationToken cancellation) => CreateAsync(request, cancellation));
        routes.MapGet("/v1/charges", (string? reference) =>
            Results.Json(charges.All().Where(charge => reference is null || charge.Reference == reference)));
    }

    private async Task<IResult> CreateAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (ApiKey.Refuse(request.Headers.Authorization, options.Mode) is { } refused)
        {
            if (refused.Status == StatusCodes.Status401Unauthorized)
                request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
            LogRefused(refused.Message);
            return refused.ToResult();
        }
        if (!request.HasJsonContentType())
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "not_json",
                "the body is not JSON; send Content-Type: application/json");
        string? key = request.Headers["Idempotency-Key"];
        if (key is { Length: 0 or > LongestIdempotencyKey })
            return Refuse(StatusCodes.Status400BadRequest, "idempotency_key_invalid",
                $"Idempotency-Key must have 1 to {LongestIdempotencyKey} characters");
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
            var (charge, faults) = ChargeRequest.Read(body.RootElement);
            return charge is null
                ? Refuse(StatusCodes.Status422UnprocessableEntity, "invalid", string.Join("; ", faults))
                : Make(charge, key, request.HttpContext.Response);
        }
        catch (Exception full) when (full is IOException and not BadHttpRequestException or UnauthorizedAccessException)
        {
            LogStorage(full.Message);
            return Refuse(StatusCodes.Status503ServiceUnavailable, "storage",
                "the charge could not be stored and was not made; make room in the data folder");
        }
        catch (JsonException wrong)
        {
            return Refuse(StatusCodes.Status400BadRequest, "not_json",
                $"the body is not JSON: {wrong.Message}");
        }
    }

    private static IResult Refuse(int status, string code, string message) => new GatewayError(status, code, message).ToResult();

    private IResult Make(ChargeRequest request, string? key, HttpResponse response)
    {
        if (SpecialCharges.IsUnavailable(request))
            return Refuse(StatusCodes.Status503ServiceUnavailable, "unavailable",
                "the gateway is out of order, as this charge asked it to be; nothing was charged");
        var (charge, kind) = charges.Make(request, key);
        if (kind == ChargeAnswerKind.KeyReused)
            return Refuse(StatusCodes.Status409Conflict, "idempotency_key_reused",
                $"this Idempotency-Key was used for another charge ({charge.Id}); use a new key for a new charge");
        if (kind == ChargeAnswerKind.Replayed)
            response.Headers["Idempotent-Replayed"] = "true";
        else
            LogCharge(charge.Id, charge.Amount, charge.Currency, charge.Status);
        return charge.Status == ChargeStatus.Succeeded
            ? Results.Json(charge, statusCode: StatusCodes.Status201Created)
            : new GatewayError(StatusCodes.Status402PaymentRequired, charge.DeclineCode!, "the charge was declined; no money moved", charge.Id).ToResult();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "a charge was refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "a charge could not be stored: {Reason}")]
    private partial void LogStorage(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "charge {Id}: {Amount} {Currency} {Status}")]
    private partial void LogCharge(string id, long amount, string currency, ChargeStatus status);
}
