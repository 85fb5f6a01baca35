using System.Security.Cryptography;
using Pipeline.Configuration.EnvFiles;

namespace Build.Environments;

/// <summary>The secrets of one environment that nobody has to know: made at random on first use, kept in a file that only its owner reads.</summary>
public sealed class EnvironmentSecrets(string path, string paymentMode)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public IReadOnlyDictionary<string, string> ReadOrMake()
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
