using System.Net;
using System.Text.Json;

namespace Pipeline.Artifacts.Registry.Http;

/// <summary>Reads short answers whole, and those that say no.</summary>
internal sealed class AnswerReader(RegistrySettings settings, TimeProvider time)
{
    // https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pushing-manifests lets registries refuse manifests beyond this.
    private const int LongestDocument = 4 * 1024 * 1024;
    private const int LongestMessage = 300;

    /// <exception cref="RegistryException">The connection was cut, or the answer is longer than any manifest.</exception>
    public async Task<byte[]> ReadAsync(HttpResponseMessage answer, string subject, CancellationToken cancellation)
    {
        using var silence = new Silence(settings.Silence, time, cancellation);
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(silence.Token);
            using var bytes = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (await body.ReadAsync(buffer, silence.Token) is > 0 and var read)
            {
                await bytes.WriteAsync(buffer.AsMemory(0, read), silence.Token);
                silence.Moved();
                if (bytes.Length > LongestDocument)
                    throw new RegistryException($"{subject} sent more than {LongestDocument} bytes where a document was asked for; is it a registry?");
            }
            return bytes.ToArray();
        }
        catch (Exception fault) when (NetworkFault.Is(fault, silence))
        {
            throw NetworkFault.Describe(subject, fault);
        }
    }

    /// <summary>An answer that says no, in words.</summary>
    public async Task<RegistryException> FaultAsync(HttpResponseMessage answer, string subject, CancellationToken cancellation)
    {
        var said = $"{(int)answer.StatusCode} {await SaidAsync(answer, subject, cancellation)}".TrimEnd();
        var pause = RetryAfter(answer);
        if (pause > settings.LongestRetryAfter)
            return new RegistryException($"{subject} asks to be left alone for {pause.Value.TotalSeconds:0} s ({said}); run again then") { Status = answer.StatusCode };
        var remedy = answer.StatusCode == HttpStatusCode.TooManyRequests ? "wait a while, or ask its owner for a higher limit" : "see its log";
        return new RegistryException($"{subject} answers {said}; {remedy}") { Status = answer.StatusCode, IsTransient = IsPassing(answer.StatusCode), RetryAfter = pause };
    }

    public static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>The codes and messages of https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#error-codes, else the reason phrase.</summary>
    private async Task<string> SaidAsync(HttpResponseMessage answer, string subject, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(await ReadAsync(answer, subject, cancellation));
            var errors = document.RootElement.GetProperty("errors").EnumerateArray()
                .Select(error => string.Join(": ", new[] { Text(error, "code"), Text(error, "message") }.Where(text => text.Length > 0)));
            var text = string.Join("; ", errors);
            return text.Length <= LongestMessage ? text : text[..LongestMessage];
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException or RegistryException)
        {
            // A proxy in front answers in words of its own; the status says enough.
            return answer.ReasonPhrase ?? "";
        }
    }

    private static string Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)),
        _ => null,
    };
}
