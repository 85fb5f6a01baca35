using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Registry.Credentials;

/// <summary>
/// A program <c>docker-credential-NAME</c> that keeps credentials: https://github.com/docker/docker-credential-helpers#development. It gets the registry on its standard
/// input and answers with JSON on its standard output, so nothing secret is an argument.
/// </summary>
/// <param name="name">The part of its name after <c>docker-credential-</c>.</param>
/// <param name="source">Where that is configured, for messages.</param>
internal sealed class CredentialHelper(string name, string source)
{
    // What a helper says, on its standard output, when it has none: part of the protocol.
    private const string NotFound = "credentials not found in native keychain";
    private const string TokenUser = "<token>";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private string Program => $"docker-credential-{name}";

    /// <exception cref="DeliveryException">The helper is missing, failed, or gave no answer in time.</exception>
    public async Task<RegistryCredential?> FindAsync(string registry, CancellationToken cancellation)
    {
        var (exitCode, output) = await RunAsync(registry, cancellation);
        if (exitCode != 0)
            return output.Trim() == NotFound ? null : throw Fault($"ended with exit code {exitCode} when asked for {registry}");
        try
        {
            var answer = JsonSerializer.Deserialize<Answer>(output);
            return answer switch
            {
                { User: TokenUser, Secret.Length: > 0 } => new("", answer.Secret, CredentialKind.IdentityToken, Program),
                { User.Length: > 0, Secret: { } secret } => new(answer.User, secret, CredentialKind.Password, Program),
                _ => null,
            };
        }
        catch (JsonException)
        {
            throw Fault($"gave an answer for {registry} that is no JSON");
        }
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string registry, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Program, ["get"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var process = Start(start);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            await TellAsync(process, registry, patience.Token);
            await process.WaitForExitAsync(patience.Token);
            await errors;
            return (process.ExitCode, await output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw Fault($"gave no answer for {registry} within {Patience.TotalSeconds:0} s");
        }
    }

    private static async Task TellAsync(Process process, string registry, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(registry.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new DeliveryException($"{Program}, which {source} names, cannot be started ({missing.Message}); install it, or take it out there and run docker login again", missing);
        }
    }

    private DeliveryException Fault(string what) => new($"{Program}, which {source} names, {what}; try it in a shell: echo REGISTRY | {Program} get");

    private sealed record Answer
    {
        [JsonPropertyName("Username")]
        public string? User { get; init; }

        [JsonPropertyName("Secret")]
        public string? Secret { get; init; }
    }
}
