using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.Sandbox.Tests;

public sealed class PaymentTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private const string Key = "test_s3cret";

    private SandboxProcess Sandbox => fixture.Sandbox;

    [Fact]
    public async Task A_charge_is_made_and_listed()
    {
        var (status, charge, _) = await ChargeAsync("""{"amount":1999,"currency":"EUR","reference":"order-1"}""");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal((1999, "EUR", "order-1", "succeeded"), (
            charge.GetProperty("amount").GetInt32(), charge.GetProperty("currency").GetString(),
            charge.GetProperty("reference").GetString(), charge.GetProperty("status").GetString()));
        var listed = await Sandbox.Http.GetFromJsonAsync<JsonElement[]>("/v1/charges?reference=order-1", TestContext.Current.CancellationToken);
        Assert.Equal(charge.GetProperty("id").GetString(), Assert.Single(listed!).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(null, 401, "key_missing", "the request has no key; send Authorization: Bearer test_…")]
    [InlineData("Basic dGVzdA==", 401, "key_malformed", "the Authorization header is no bearer token; send Bearer test_…")]
    [InlineData("Bearer live_s3cret", 403, "key_of_wrong_mode", "this gateway runs in test mode and was sent a live key; use a key that begins with test_")]
    [InlineData("Bearer test_", 401, "key_unknown", "the key is none of this gateway's; use a key that begins with test_")]
    [InlineData("Bearer s3cret", 401, "key_unknown", "the key is none of this gateway's; use a key that begins with test_")]
    public async Task A_key_of_another_kind_is_refused(string? authorization, int status, string code, string message)
    {
        var (got, answer, _) = await ChargeAsync("""{"amount":1,"currency":"EUR","reference":"refused"}""", authorization: authorization);

        Assert.Equal((status, code, message), ((int)got, Error(answer, "code"), Error(answer, "message")));
    }

    [Fact]
    public async Task A_live_gateway_takes_live_keys_only()
    {
        using var folder = new TemporaryDirectory();
        using var live = await SandboxProcess.StartAsync(folder.Path, "live");

        Assert.Equal(HttpStatusCode.Created, (await ChargeAsync("""{"amount":1,"currency":"EUR","reference":"live"}""", live, "Bearer live_1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ChargeAsync("""{"amount":1,"currency":"EUR","reference":"live"}""", live, "Bearer test_1")).Status);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_answer_and_charges_once()
    {
        const string Body = """{"amount":700,"currency":"EUR","reference":"order-twice"}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ChargeAsync(Body, idempotencyKey: "twice")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(answers.Select(answer => answer.Answer.GetProperty("id").GetString()).Distinct());
        Assert.Equal(7, answers.Count(answer => answer.Headers.Contains("Idempotent-Replayed")));
    }

    [Fact]
    public async Task The_same_key_for_another_charge_is_a_conflict()
    {
        var (_, first, _) = await ChargeAsync("""{"amount":700,"currency":"EUR","reference":"a"}""", idempotencyKey: "reused");

        var (status, answer, _) = await ChargeAsync("""{"amount":701,"currency":"EUR","reference":"a"}""", idempotencyKey: "reused");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal($"this Idempotency-Key was used for another charge ({first.GetProperty("id").GetString()}); use a new key for a new charge", Error(answer, "message"));
    }

    [Theory]
    [InlineData(40201, "order", 402, "card_declined")]
    [InlineData(40202, "order", 402, "insufficient_funds")]
    [InlineData(40203, "order", 402, "expired_card")]
    [InlineData(100, "decline-me", 402, "card_declined")]
    [InlineData(50301, "order", 503, "unavailable")]
    [InlineData(100, "unavailable-now", 503, "unavailable")]
    public async Task A_special_charge_fails_as_documented(long amount, string reference, int status, string code)
    {
        var (got, answer, _) = await ChargeAsync(JsonSerializer.Serialize(new { amount, currency = "EUR", reference }));

        Assert.Equal((status, code), ((int)got, Error(answer, "code")));
    }

    [Fact]
    public async Task A_declined_charge_stays_declined_when_asked_again()
    {
        const string Body = """{"amount":40202,"currency":"EUR","reference":"again"}""";

        var first = await ChargeAsync(Body, idempotencyKey: "declined");
        var second = await ChargeAsync(Body, idempotencyKey: "declined");

        Assert.Equal(HttpStatusCode.PaymentRequired, second.Status);
        Assert.Equal(Error(first.Answer, "charge"), Error(second.Answer, "charge"));
    }

    [Theory]
    [InlineData("{", 400, "the body is not JSON")]
    [InlineData("[]", 422, "the body is no JSON object")]
    [InlineData("""{"amount":0,"currency":"eur","reference":" ","tip":1}""", 422, "amount must be a whole number of the currency's smallest unit, 1 to 99999999; currency must be three capital letters (ISO 4217), as EUR; reference must be a text of 1 to 200 characters; tip is unknown; a charge has amount, currency and reference")]
    [InlineData("""{"amount":12.5,"currency":"EUR","reference":"a"}""", 422, "amount must be a whole number")]
    [InlineData("""{"amount":"12","currency":"EUR","reference":"a"}""", 422, "amount must be a whole number")]
    public async Task A_request_that_is_wrong_says_everything_that_is(string body, int status, string message)
    {
        var (got, answer, _) = await ChargeAsync(body);

        Assert.Equal(status, (int)got);
        Assert.StartsWith(message, Error(answer, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_sent_as_JSON_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/charges") { Content = new StringContent("amount=1") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);

        using var answer = await Sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    private static string? Error(JsonElement answer, string property) => answer.GetProperty("error").GetProperty(property).GetString();

    private async Task<(HttpStatusCode Status, JsonElement Answer, HttpResponseHeaders Headers)> ChargeAsync(
        string body, SandboxProcess? gateway = null, string? authorization = $"Bearer {Key}", string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/charges") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var answer = await (gateway ?? Sandbox).Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken), answer.Headers);
    }
}
