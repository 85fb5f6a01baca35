using System.Security.Cryptography;
using System.Text;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Environments;

/// <summary>One running copy of a release, as it is wanted.</summary>
/// <param name="Id">Unique in the environment and stable over runs: <c>production-green-1</c>.</param>
/// <param name="Colour">The side it belongs to.</param>
/// <param name="Digest">The release it runs.</param>
/// <param name="Settings">Its configuration: environment variables. The engine adds <c>PORT</c> and <c>PIPELINE_DIGEST</c>.</param>
/// <param name="StopTimeout">The time between SIGTERM and SIGKILL.</param>
public sealed record InstanceSpecification(
    string Id, Colour Colour, Digest Digest, IReadOnlyDictionary<string, string> Settings, TimeSpan StopTimeout)
{
    /// <summary>sha256 over the settings, in hexadecimal: tells whether two instances are configured alike without showing a secret.</summary>
    public string SettingsFingerprint()
    {
        var lines = Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => $"{setting.Key}\0{setting.Value}\0");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
