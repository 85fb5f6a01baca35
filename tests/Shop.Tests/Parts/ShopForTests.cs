using System.Globalization;
using System.Net;
using Pipeline.Testing;

namespace Shop.Tests.Parts;

/// <summary>The real shop as a process of its own.</summary>
internal sealed class ShopForTests : IAsyncDisposable
{
    public const string SmokeUser = "smoke@harbour.example";
    public const string SmokePassword = "the smoke of the shop";

    private readonly ChildProgram program;
    private readonly HttpClient http;

    private ShopForTests(int port, IReadOnlyDictionary<string, string> variables)
    {
        Port = port;
        program = new ChildProgram("Shop.dll", variables);
#pragma warning disable CA2000 // The client owns its handler.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
#pragma warning restore CA2000
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public ChildProgram Program => program;

    /// <summary>The variables of a shop on this database and this sandbox, changed as wanted.</summary>
    public static Dictionary<string, string> Variables(
        string databaseUrl, SandboxForTests sandbox, params (string Name, string Value)[] changes) =>
        Variables(databaseUrl, sandbox.HttpPort, sandbox.SmtpPort, changes);

    public static Dictionary<string, string> Variables(
        string databaseUrl, int paymentPort, int smtpPort, params (string Name, string Value)[] changes)
    {
        var variables = new Dictionary<string, string>
        {
            ["DATABASE_URL"] = databaseUrl,
            ["SHOP_ENVIRONMENT"] = "development",
            ["SHOP_PUBLIC_URL"] = "http://shop.example",
            ["SHOP_SMTP_HOST"] = "127.0.0.1",
            ["SHOP_SMTP_PORT"] = smtpPort.ToString(CultureInfo.InvariantCulture),
            ["SHOP_MAIL_FROM"] = "orders@harbour.example",
            ["SHOP_PAYMENT_URL"] = $"http://127.0.0.1:{paymentPort}",
            ["SHOP_PAYMENT_KEY"] = "test_0123456789",
            ["SHOP_SMOKE_USER"] = SmokeUser,
            ["SHOP_SMOKE_PASSWORD"] = SmokePassword,
        };
        foreach (var (name, value) in changes)
            variables[name] = value;
        return variables;
    }

    public static ShopForTests Start(IReadOnlyDictionary<string, string> variables)
    {
        var port = LoopbackPort.Free();
        return new ShopForTests(port, new Dictionary<string, string>(variables) { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) });
    }

    public static async Task<ShopForTests> StartReadyAsync(IReadOnlyDictionary<string, string> variables)
    {
        var shop = Start(variables);
        await shop.IsReadyAsync();
        return shop;
    }

    public async Task IsReadyAsync()
    {
        await Eventually.HoldsAsync(
            async () => program.HasExited || await StatusAsync("/ready") == HttpStatusCode.OK, "the shop is ready", TimeSpan.FromMinutes(1));
        Assert.False(program.HasExited, $"the shop ended:\n{program.Output}\n{program.Errors}");
    }

    /// <summary>The status of an address; null while nobody listens.</summary>
    public async Task<HttpStatusCode?> StatusAsync(string path)
    {
        try
        {
            using var response = await http.GetAsync(path);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public Task<string> TextAsync(string path) => http.GetStringAsync(path);

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request);

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        http.Dispose();
    }
}
