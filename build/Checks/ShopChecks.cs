using System.Net.Http.Json;
using Build.Environments;
using Pipeline.Verification.Checks;

namespace Build.Checks;

/// <summary>What a visitor of the Shop must be able to do, whichever release serves. Checks that leave an order behind run on staging alone.</summary>
public sealed class ShopChecks(EnvironmentSecrets secrets, TimeProvider time) : CheckSuite(time)
{
    private const string Product = "first-night-mug";

    /// <summary>The addresses that are watched after a deploy; all of them only read.</summary>
    public static IReadOnlyList<string> CriticalEndpoints { get; } = ["/", "/health", "/ready", "/version", "/login", "/api/products"];

    [Check("the page with the products loads")]
    public async Task Page(CheckSession session) =>
        (await session.GetAsync("/")).ExpectStatus(200).ExpectText($"/products/{Product}");

    [Check("products")]
    public async Task Products(CheckSession session) =>
        (await session.GetAsync("/api/products")).ExpectStatus(200).ExpectJson("products", "at least one product", products => products.GetArrayLength() > 0);

    [Check("the release says which one it is")]
    public async Task Version(CheckSession session) =>
        (await session.GetAsync("/version")).ExpectStatus(200).ExpectJson("digest", "a digest", digest => digest.GetString()!.StartsWith("sha256:", StringComparison.Ordinal));

    [Check("login with the right password")]
    public async Task Login(CheckSession session) => (await LogInAsync(session, Secret("SHOP_SMOKE_PASSWORD"))).ExpectStatus(200);

    [Check("login with a wrong password is refused")]
    public async Task WrongPassword(CheckSession session)
    {
        (await session.PostJsonAsync("/api/auth/login", new { email = $"nobody-{Guid.NewGuid():N}@shop.invalid", password = "wrong horse battery" })).ExpectStatus(401);
        (await session.GetAsync("/api/orders")).ExpectStatus(401);
    }

    [Check("checkout without a login is refused")]
    public async Task CheckoutNeedsLogin(CheckSession session) => (await CheckOutAsync(session)).ExpectStatus(401);

    [Check("checkout", ChangesData = true)]
    public async Task Checkout(CheckSession session)
    {
        (await LogInAsync(session, Secret("SHOP_SMOKE_PASSWORD"))).ExpectStatus(200);
        var number = (await CheckOutAsync(session)).ExpectStatus(201).Json().GetProperty("number").GetInt64();
        (await session.GetAsync("/api/orders")).ExpectStatus(200).ExpectText($"\"number\":{number}");
    }

    private string Secret(string key) => secrets.ReadOrMake()[key];

    private Task<CheckAnswer> LogInAsync(CheckSession session, string password)
    {
        session.KeepSecret(password);
        return session.PostJsonAsync("/api/auth/login", new { email = Secret("SHOP_SMOKE_USER"), password });
    }

    private static async Task<CheckAnswer> CheckOutAsync(CheckSession session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/checkout");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        request.Content = JsonContent.Create(new
        {
            items = new[] { new { productId = Product, quantity = 1 } },
            delivery = new { name = "Smoke Test", street = "Rehearsal Lane 1", postcode = "12345", city = "Stageham" },
        });
        return await session.SendAsync(request);
    }
}
