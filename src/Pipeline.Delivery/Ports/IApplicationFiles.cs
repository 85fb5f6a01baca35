using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Ports;

/// <summary>The application inside an artifact, as files on this machine.</summary>
public interface IApplicationFiles
{
    /// <summary>Unpacks the artifact once, after re-hashing all of it, and says how it is started. A second call finds the first one's files.</summary>
    /// <exception cref="DeliveryException">The artifact is missing, or a blob of it was changed; the message names the blob.</exception>
    Task<ApplicationFiles> UnpackAsync(Digest digest, CancellationToken cancellation);
}

/// <summary>An unpacked application.</summary>
/// <param name="Root">The folder that stands for the image's <c>/</c>; nobody writes into it.</param>
/// <param name="Command">Entrypoint and arguments of the image, with paths below <c>/</c> already turned into paths below <paramref name="Root"/>.</param>
/// <param name="Environment">The image's own environment variables.</param>
/// <param name="WorkingDirectory">The image's working directory, below <paramref name="Root"/>; migrations lie in its <c>migrations</c> folder.</param>
public sealed record ApplicationFiles(
    string Root, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string WorkingDirectory);
