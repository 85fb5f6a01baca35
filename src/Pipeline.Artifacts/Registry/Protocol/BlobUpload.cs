using System.Globalization;
using System.Net;
using Microsoft.Win32.SafeHandles;
using Pipeline.Artifacts.Registry.Http;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Protocol;

/// <summary>
/// One blob on its way into a repository: https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pushing-a-blob-in-chunks. It is sent in pieces;
/// after a fault the registry is asked how far it got, and when it does not know any more the blob begins anew. Nobody sees it before its last request.
/// </summary>
internal sealed class BlobUpload(RepositoryConnection connection, Digest digest, SafeFileHandle file, long size, long pieceSize, Action<long> progress)
{
    private Uri? session;
    private long offset;
    private long least;
    private bool isUncertain;
    private int losses;

    private void Open(HttpResponseMessage accepted, Uri address)
    {
        session = Location(connection, accepted, address);
        offset = 0;
        least = accepted.Headers.TryGetValues("OCI-Chunk-Min-Length", out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0;
        isUncertain = false;
    }

    public Task SendAsync(CancellationToken cancellation) => connection.Attempts.RepeatAsync(StepAsync, cancellation);

    /// <summary>Tells the registry to forget what came so far. It would do so by itself after a while.</summary>
    public Task AbandonAsync() => session is null ? Task.CompletedTask : AbandonAsync(connection, session);

    /// <summary>Tells a registry to forget an upload that it has opened.</summary>
    public static Task AbandonAsync(RepositoryConnection connection, HttpResponseMessage accepted) =>
        AbandonAsync(connection, Location(connection, accepted, accepted.RequestMessage!.RequestUri!));

    private static async Task AbandonAsync(RepositoryConnection connection, Uri session)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            using var answer = await connection.SendOnceAsync(connection.Request(HttpMethod.Delete, session), patience.Token);
        }
        catch (Exception fault) when (fault is RegistryException or OperationCanceledException)
        {
            // What failed before is what matters.
        }
    }

    /// <summary>Returns whether the blob is there.</summary>
    private async Task<bool> StepAsync(CancellationToken cancellation)
    {
        var before = offset;
        try
        {
            if (isUncertain && await FindWhereItIsAsync(cancellation))
                return true;
            if (session is null)
                await BeginAsync(cancellation);
            isUncertain = true;
            var isThere = await SendPieceAsync(cancellation);
            isUncertain = false;
            return isThere;
        }
        catch (RegistryException fault) when (fault.IsTransient && offset > before)
        {
            return false;
        }
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        var request = connection.Request(HttpMethod.Post, "blobs/uploads/") with { Content = () => new ByteArrayContent([]) };
        using var answer = await connection.SendOnceAsync(request, cancellation);
        if (answer.StatusCode != HttpStatusCode.Accepted)
            throw await connection.FaultAsync(answer, cancellation);
        Open(answer, request.Address);
    }

    private async Task<bool> SendPieceAsync(CancellationToken cancellation)
    {
        var length = Math.Min(Math.Max(pieceSize, least), size - offset);
        var isLast = offset + length == size;
        // The last piece travels with the request that ends the upload; when it is the only one, that is the whole blob in one request.
        var request = connection.Request(isLast ? HttpMethod.Put : HttpMethod.Patch, isLast ? WithDigest(session!) : session!) with { Content = () => Piece(length) };
        using var answer = await connection.SendOnceAsync(request, cancellation);
        if (isLast && answer.StatusCode == HttpStatusCode.Created)
            return true;
        if (!isLast && answer.StatusCode == HttpStatusCode.Accepted)
        {
            session = Location(connection, answer, request.Address);
            offset += length;
            return false;
        }
        if (offset == 0 || answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.RequestedRangeNotSatisfiable))
            throw await connection.FaultAsync(answer, cancellation);
        Forget(answer);
        throw new RegistryException($"{connection.Subject} has forgotten the upload of blob {digest} ({(int)answer.StatusCode}), which begins anew; see whether it was restarted")
        {
            Status = answer.StatusCode,
            IsTransient = true,
        };
    }

    /// <summary>After a fault: the registry may have all of it, some of it, or nothing any more. Returns whether it has the blob.</summary>
    private async Task<bool> FindWhereItIsAsync(CancellationToken cancellation)
    {
        if (await new BlobApi(connection).HasAsync(digest, cancellation))
            return true;
        isUncertain = false;
        if (session is null)
            return false;
        using var answer = await connection.SendOnceAsync(connection.Request(HttpMethod.Get, session), cancellation);
        if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.Accepted && Received(answer) is { } received && received < size)
        {
            session = Location(connection, answer, session);
            offset = received;
        }
        else
        {
            Forget(answer);
        }
        progress(offset);
        return false;
    }

    private PieceContent Piece(long length)
    {
        var piece = new PieceContent(file, offset, length, progress);
        if (offset > 0 || length < size)
            piece.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{offset}-{offset + length - 1}"));
        return piece;
    }

    private Uri WithDigest(Uri address)
    {
        var builder = new UriBuilder(address);
        builder.Query = builder.Query.Length > 1 ? $"{builder.Query[1..]}&digest={Uri.EscapeDataString(digest.Value)}" : $"digest={Uri.EscapeDataString(digest.Value)}";
        return builder.Uri;
    }

    private static Uri Location(RepositoryConnection connection, HttpResponseMessage answer, Uri from) => answer.Headers.Location is { } location
        ? RegistryTransport.Next(from, location, connection.Subject)
        : throw new RegistryException($"{connection.Subject} opened an upload without saying where; see its log");

    /// <summary>How many bytes it has: <c>Range: 0-N</c> means N + 1, and 0-0 is written for none at all.</summary>
    private static long? Received(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Range", out var values))
            return null;
        var end = values.First().Split('-')[^1];
        return long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last == 0 ? 0 : last + 1 : null;
    }

    /// <summary>What came is lost. Pieces that arrive start the count of attempts anew, so that losses are counted by themselves.</summary>
    private void Forget(HttpResponseMessage answer)
    {
        if (offset > 0 && ++losses == connection.Attempts.AtMost)
        {
            throw new RegistryException(
                $"{connection.Subject} has forgotten the upload of blob {digest} {losses} times ({(int)answer.StatusCode}); see its log: it may be restarting, or be several registries that do not share what was uploaded")
            {
                Status = answer.StatusCode,
            };
        }
        session = null;
        offset = 0;
    }
}
