using System.Net;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Registry.Http;
using Pipeline.Artifacts.Registry.Protocol;

namespace Pipeline.Artifacts.Registry.Transfer;

/// <summary>One blob on its way here. After a fault it goes on behind the last byte that came, and what came is not hashed again.</summary>
internal sealed class BlobDownload(
    RepositoryConnection connection, Descriptor blob, string role, PartialFile partial, RegistrySettings settings, TimeProvider time, Action<long> progress)
{
    private const int BufferSize = 256 * 1024;
    private readonly BlobApi blobs = new(connection);
    private long furthest = partial.Length;

    /// <summary>Returns how many bytes travelled.</summary>
    /// <exception cref="RegistryException">The registry does not give it, or gives something else; then nothing of it is kept.</exception>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        var before = partial.Length;
        await connection.Attempts.RepeatAsync(StepAsync, cancellation);
        partial.Flush();
        return blob.Size - Math.Min(before, blob.Size);
    }

    private async Task<bool> StepAsync(CancellationToken cancellation)
    {
        try
        {
            if (partial.Length > blob.Size)
                partial.Clear();
            if (partial.Length < blob.Size || blob.Size == 0)
                await ReadAsync(cancellation);
            return IsWhole();
        }
        catch (RegistryException fault) when (fault.IsTransient && partial.Length > furthest)
        {
            furthest = partial.Length;
            return false;
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        using var answer = await blobs.OpenAsync(blob.Digest, partial.Length, cancellation);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            partial.Clear();
            throw new RegistryException($"{connection.Subject} does not give the rest of {role}, blob {blob.Digest}; it is read from its beginning") { IsTransient = true };
        }
        if (answer.StatusCode == HttpStatusCode.OK || answer.Content.Headers.ContentRange?.From != partial.Length)
            RequireBeginning(answer);
        using var silence = new Silence(settings.Silence, time, cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[BufferSize];
        while (await ReceiveAsync(body, buffer, silence) is > 0 and var read)
        {
            if (partial.Length + read > blob.Size)
                throw Wrong($"sent more than the {blob.Size} bytes that belong to");
            await partial.AppendAsync(buffer.AsMemory(0, read), cancellation);
            silence.Moved();
            progress(partial.Length);
        }
        if (partial.Length < blob.Size)
            throw new RegistryException($"{connection.Subject} ended {role}, blob {blob.Digest}, after {partial.Length} of {blob.Size} bytes; see its log") { IsTransient = true };
    }

    /// <summary>A registry that does not know ranges sends everything anew.</summary>
    private void RequireBeginning(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.PartialContent)
            throw new RegistryException($"{connection.Subject} sent bytes from {answer.Content.Headers.ContentRange?.From} on where those from {partial.Length} on of blob {blob.Digest} were asked for; see what stands between it and here");
        partial.Clear();
    }

    private async Task<int> ReceiveAsync(Stream body, byte[] buffer, Silence silence)
    {
        try
        {
            return await body.ReadAsync(buffer, silence.Token);
        }
        catch (Exception fault) when (NetworkFault.Is(fault, silence))
        {
            throw NetworkFault.Describe(connection.Subject, fault);
        }
    }

    private bool IsWhole()
    {
        var actual = partial.Digest();
        if (actual == blob.Digest)
            return true;
        if (!partial.IsInherited)
            throw Wrong($"sent bytes that hash to {actual} instead of");
        // What an earlier run left may have been wrong; this time every byte is the registry's own.
        partial.Clear();
        furthest = 0;
        return false;
    }

    private RegistryException Wrong(string what)
    {
        partial.Delete();
        return new RegistryException(
            $"{connection.Subject} {what} {role}, blob {blob.Digest}: it was changed on its disk or on the way; nothing of it was kept. "
            + "Find out who did that, and restore the registry's storage or push to another repository");
    }
}
