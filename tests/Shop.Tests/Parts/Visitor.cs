using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shop.Tests.Parts;

/// <summary>Somebody with a browser, of which only the cookies matter here.</summary>
internal sealed partial class Visitor : IDisposable
{
    public const string Password = "a password of a visitor";

    private static int visitors;
    private readonly HttpClient http;

    public Visitor(Uri shop)
    {
        Cookies = new CookieContainer();
#pragma warning disable CA2000 // The client owns its handler.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = shop };
#pragma warning restore CA2000
    }

    public string Email { get; } = $"visitor{Interlocked.Increment(ref visitors)}@example.com";

    public CookieContainer Cookies { get; }

    public static async Task<Visitor> RegisteredAsync(Uri shop)
    {
        var visitor = new Visitor(shop);
        using var response = await visitor.PostAsync("/register", ("email", visitor.Email), ("password", Password), ("return", "/"));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(path);

    public Task<string> PageAsync(string path) => http.GetStringAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request);

    /// <summary>Sends a form as the login page would, or another page when the visitor is logged in: with its token.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var token = FormToken().Match(await PageAsync("/login")).Groups[1].Value;
        return await PostBareAsync(path, [.. fields, ("_form", token)]);
    }

    public async Task<HttpResponseMessage> PostBareAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await http.PostAsync(path, form);
    }

    public async Task<HttpResponseMessage> LogInAsync(string email, string password) =>
        await http.PostAsJsonAsync("/api/auth/login", new { email, password });

    public async Task AddAsync(string product, int quantity = 1)
    {
        using var response = await PostAsync("/cart/add", ("product", product), ("quantity", $"{quantity}"));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
    }

    /// <summary>Presses the button of the checkout page; the same key is the same press.</summary>
    public Task<HttpResponseMessage> PressBuyAsync(string key) => PostAsync(
        "/checkout", ("key", key), ("name", "Ada Lovelace"), ("street", "Quay 1"), ("postcode", "12345"), ("city", "Port"));

    public async Task<HttpResponseMessage> CheckOutAsync(string product, int quantity = 1, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/checkout")
        {
            Content = JsonContent.Create(new
            {
                items = new[] { new { productId = product, quantity } },
                delivery = new { name = "Ada Lovelace", street = "Quay 1", postcode = "12345", city = "Port" },
            }),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }

    public async Task<IReadOnlyList<JsonElement>> OrdersAsync() =>
        [.. (await http.GetFromJsonAsync<JsonElement>("/api/orders")).GetProperty("orders").EnumerateArray()];

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
