using System.Security.Cryptography;
using System.Text;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Tests.World;

internal static class Releases
{
    public static Release A { get; } = New("1.0.0", Migration("0001_start"));

    public static Release B { get; } = New("2.0.0", Migration("0001_start"), Migration("0002_more"));

    public static Release C { get; } = New("3.0.0", Migration("0001_start"), Migration("0002_more"), new("0003_drop", "c", BackwardCompatible: false));

    public static Release New(string version, params Migration[] migrations) => new(
        Digest.Parse($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version)))}"), version, "0123456789abcdef", migrations);

    private static Migration Migration(string id) => new(id, id, BackwardCompatible: true);
}
