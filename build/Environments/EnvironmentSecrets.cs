using System.Security.Cryptography;
using Pipeline.Configuration.EnvFiles;
using Pipeline.Configuration.Secrets;

namespace Build.Environments;

/// <summary>The secrets of one environment that nobody has to know: made at random on first use, kept in a file that only its owner reads.</summary>
/// <param name="path">The file.</param>
/// <param name="paymentMode">Which kind of payment key is made.</param>
/// <param name="prefix">What variables begin with that say otherwise: on a runner no file outlives a job.</param>
public sealed class EnvironmentSecrets(string path, string paymentMode, string prefix)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public IReadOnlyDictionary<string, string> ReadOrMake() =>
        ReadOrMakeFile().ToDictionary(secret => secret.Key, secret => Given(prefix + secret.Key) ?? secret.Value);

    // One that names where it is kept is read where settings are.
    private static string? Given(string variable) =>
        System.Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && SecretSource.Find(value) is null ? value : null;

    private IReadOnlyDictionary<string, string> ReadOrMakeFile()
    {
        if (File.Exists(path))
            return EnvFile.Load(path);
        var secrets = new Dictionary<string, string>
        {
            ["SHOP_PAYMENT_KEY"] = $"{paymentMode}_{RandomNumberGenerator.GetHexString(40, lowercase: true)}",
            ["SHOP_SMOKE_USER"] = "smoke@shop.invalid",
            ["SHOP_SMOKE_PASSWORD"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WriteForOwner(secrets);
        return secrets;
    }

    private void WriteForOwner(Dictionary<string, string> secrets)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(unfinished, Options()))
        using (var writer = new StreamWriter(file))
        {
            foreach (var (key, value) in secrets)
                writer.WriteLine($"{key}={EnvFile.Quote(value)}");
            writer.Flush();
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
