using Pipeline.Artifacts.Storing;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Signing;

/// <summary>
/// The signing key of one machine: made on first use, <c>signing.pem</c> for its owner alone, its public half <c>signing.pub.pem</c> beside it for whoever is to
/// trust it.
/// </summary>
/// <param name="folder">The folder of the two files, normally <c>.pipeline/keys</c>.</param>
public sealed class SigningKeyFolder(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;
    private readonly string path = Path.Combine(folder, "signing.pem");

    /// <summary>The file with the public key.</summary>
    public string PublicKeyFile { get; } = Path.Combine(folder, "signing.pub.pem");

    /// <summary>The public half of the key; null when none was made yet.</summary>
    /// <exception cref="DeliveryException">The file is there and cannot be used.</exception>
    public VerificationKey? Find() => File.Exists(path) ? Read().PublicKey : null;

    /// <summary>The key; made when there is none. Two programs that make it at once get the same.</summary>
    /// <param name="made">Told of the public key when it is made now.</param>
    /// <exception cref="DeliveryException">The file cannot be used or written, or others than its owner can read it.</exception>
    public SigningKey ReadOrMake(Action<VerificationKey> made)
    {
        if (!File.Exists(path))
            Make(made);
        return Read();
    }

    private void Make(Action<VerificationKey> made)
    {
        try
        {
            CreateFolder();
            var key = SigningKey.Make();
            var unfinished = Write($"{path}.{Guid.NewGuid():N}", key.ExportPem(), OwnerOnly);
            try
            {
                File.Move(unfinished, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(unfinished);
                return;
            }
            File.Move(Write($"{PublicKeyFile}.{Guid.NewGuid():N}", key.PublicKey.Pem + "\n", OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead), PublicKeyFile, overwrite: true);
            made(key.PublicKey);
        }
        catch (Exception fault) when (DiskFault.IsDiskFault(fault))
        {
            throw DiskFault.Describe("making the signing key", folder, fault);
        }
    }

    private SigningKey Read()
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            throw new DeliveryException($"signing key {path} may be read by others than its owner; chmod 600 it if nobody did, else delete it and a new one is made");
        try
        {
            return SigningKey.FromPem(File.ReadAllText(path), path);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new DeliveryException($"signing key {path} cannot be read: {denied.Message} Run as its owner, or pass PIPELINE_SIGNING_KEY", denied);
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnlyFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    private static string Write(string path, string content, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(content));
        file.Flush(flushToDisk: true);
        return path;
    }
}
