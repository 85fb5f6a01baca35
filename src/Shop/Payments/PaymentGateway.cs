using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Shop.Configuration;
using Shop.Orders;

namespace Shop.Payments;

/// <summary>
/// Charges orders: <c>POST /v1/charges</c> with the order's id as <c>Idempotency-Key</c>, so that an attempt whose answer was lost can be
/// repeated and the gateway answers with the charge it made.
/// </summary>
internal sealed class PaymentGateway(HttpClient http, ShopSettings settings, TimeProvider time, ILogger<PaymentGateway> log)
{
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(500)];
    private readonly Uri charges = new(settings.PaymentUrl.AbsoluteUri.TrimEnd('/') + "/v1/charges");

    public async Task<ChargeResult> ChargeAsync(Order order, CancellationToken cancellation)
    {
        var result = await AttemptAsync(order, cancellation);
        var mayHaveArrived = result is ChargeResult.Unknown;
        foreach (var pause in Pauses)
        {
            if (result is ChargeResult.Charged or ChargeResult.Refused)
                return result;
            await Task.Delay(pause, time, cancellation);
            result = await AttemptAsync(order, cancellation);
            mayHaveArrived |= result is ChargeResult.Unknown;
        }
        return result is ChargeResult.NotSent && mayHaveArrived ? new ChargeResult.Unknown() : result;
    }

    private async Task<ChargeResult> AttemptAsync(Order order, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AttemptLimit);
        try
        {
            using var request = Request(order);
            using var response = await http.SendAsync(request, limit.Token);
            return await ReadAsync(order, response, limit.Token);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            log.LogWarning("order {Number}: the payment gateway {Url} was not reached ({Reason})", order.Number, charges, failure.Message);
            return new ChargeResult.NotSent();
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            log.LogWarning("order {Number}: the payment gateway {Url} gave no answer ({Reason})", order.Number, charges, failure.Message);
            return new ChargeResult.Unknown();
        }
    }

    private HttpRequestMessage Request(Order order)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, charges)
        {
            Content = JsonContent.Create(
                new ChargeRequest(order.Total.Cents, order.Total.Currency, $"order-{order.Number}"), ChargeJson.Default.ChargeRequest),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", order.IsTest ? settings.SmokePaymentKey : settings.PaymentKey);
        request.Headers.Add("Idempotency-Key", order.Id.ToString());
        return request;
    }

    private async Task<ChargeResult> ReadAsync(Order order, HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            var answer = await response.Content.ReadFromJsonAsync(ChargeJson.Default.ChargeAnswer, cancellation);
            return answer?.Id is { Length: > 0 } id ? new ChargeResult.Charged(id) : new ChargeResult.Unknown();
        }
        if (response.StatusCode == HttpStatusCode.PaymentRequired)
            return new ChargeResult.Refused();
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError)
            return new ChargeResult.Unknown();
        // Too many requests, or a fault of ours such as a wrong key: the gateway did not take the charge.
        log.LogError(
            "order {Number}: the payment gateway {Url} turned the charge away with {Status}; check SHOP_PAYMENT_URL and SHOP_PAYMENT_KEY",
            order.Number, charges, (int)response.StatusCode);
        return new ChargeResult.NotSent();
    }
}
