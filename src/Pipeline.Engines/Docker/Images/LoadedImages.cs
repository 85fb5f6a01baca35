using System.Collections.Concurrent;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Engines.Docker.Images;

/// <summary>This machine sends the image to the host itself, for sites without a registry. The image's id, which is the digest of its configuration, is checked.</summary>
/// <param name="archives">The images of this machine.</param>
public sealed class LoadedImages(IImageArchives archives) : IReleaseImages
{
    private readonly ConcurrentDictionary<Digest, string> known = new();

    /// <inheritdoc />
    public async Task<string> EnsureAsync(DockerCli docker, Digest release, CancellationToken cancellation)
    {
        var id = await archives.ReadImageIdAsync(release, cancellation);
        if (await HostImages.FindAsync(docker, id, cancellation) is not null)
            return id;
        await SendAsync(docker, release, cancellation);
        return await HostImages.FindAsync(docker, id, cancellation) is not null
            ? id
            : throw new DeliveryException($"{docker.Host}: release {release.Abbreviated} was sent, but the host has no image {id} now; make the artifact again with --target BuildImage");
    }

    /// <summary>How long a release may travel to a host; 30 minutes by default.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public async Task<string?> FindIdAsync(Digest release, CancellationToken cancellation)
    {
        try
        {
            return known.GetValueOrDefault(release) ?? (known[release] = await archives.ReadImageIdAsync(release, cancellation));
        }
        catch (DeliveryException)
        {
            // Another machine sent it: nothing here says what its id is.
            return null;
        }
    }

    private DockerCall Load(Digest release) => new(["image", "load", "--quiet"]) { About = $"sending release {release.Abbreviated}", Timeout = SendTimeout };

    private async Task SendAsync(DockerCli docker, Digest release, CancellationToken cancellation)
    {
        var call = Load(release);
        await using var pipe = docker.Open(call.Arguments);
        using var limit = docker.Limit(call);
        // A host that vanished neither reads nor refuses: only the end of the command ends the writing.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        await using var ending = stop.Token.Register(pipe.End);
        var said = ReadAsync(pipe.Output, cancellation);
        Exception? broken = null;
        try
        {
            await archives.WriteAsync(release, pipe.Input, stop.Token);
            pipe.Input.Close();
        }
        catch (Exception early) when (early is IOException || (early is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // The command ended before it had read all; its own words tell why.
            broken = early;
        }
        var result = await pipe.WaitAsync(cancellation);
        await said;
        cancellation.ThrowIfCancellationRequested();
        if (limit.IsCancellationRequested && result.ExitCode != 0)
            throw docker.Late(call, broken);
        if (result.ExitCode != 0)
            throw docker.Failure(call, result);
        if (broken is not null)
            throw new DeliveryException($"{docker.Host}: sending release {release.Abbreviated} broke off ({broken.Message}); run again", broken) { IsTransient = true };
    }

    private static async Task ReadAsync(Stream output, CancellationToken cancellation) => await output.CopyToAsync(Stream.Null, cancellation);
}
