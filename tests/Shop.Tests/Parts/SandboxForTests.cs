using System.Net.Http.Json;
using System.Text.Json;
using Pipeline.Testing;

namespace Shop.Tests.Parts;

/// <summary>The repository's own mail catcher and payment gateway.</summary>
internal sealed class SandboxForTests : IAsyncDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly HttpClient http = new();
    private ChildProgram? program;

    public int HttpPort { get; } = LoopbackPort.Free();

    public int SmtpPort { get; } = LoopbackPort.Free();

    public static async Task<SandboxForTests> StartAsync()
    {
        var sandbox = new SandboxForTests();
        await sandbox.RunAsync();
        return sandbox;
    }

    public async Task RunAsync()
    {
        program = new ChildProgram(
            "Pipeline.Sandbox.dll", new Dictionary<string, string>(), "--http", $"127.0.0.1:{HttpPort}", "--smtp", $"127.0.0.1:{SmtpPort}",
            "--mode", "test", "--data", folder.Combine("data"));
        await Eventually.HoldsAsync(IsUpAsync, $"the sandbox answers:\n{program.Errors}");
    }

    public async Task StopAsync()
    {
        await program!.DisposeAsync();
        program = null;
    }

    public async Task<IReadOnlyList<JsonElement>> ChargesAsync(string reference) =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{HttpPort}/v1/charges?reference={reference}")).EnumerateArray()];

    public async Task<IReadOnlyList<JsonElement>> MailsToAsync(string recipient) =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{HttpPort}/mail?to={recipient}")).EnumerateArray()];

    public async Task<JsonElement> MailAsync(int id) => await http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{HttpPort}/mail/{id}");

    public async ValueTask DisposeAsync()
    {
        if (program is not null)
            await program.DisposeAsync();
        http.Dispose();
        folder.Dispose();
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            using var response = await http.GetAsync($"http://127.0.0.1:{HttpPort}/v1/charges");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
