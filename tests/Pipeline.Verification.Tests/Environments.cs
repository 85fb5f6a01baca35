using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Verification.Tests;

internal static class Environments
{
    public static Digest Digest { get; } = Delivery.Releases.Digest.Parse("sha256:" + new string('a', 64));

    public static DeliveryEnvironment Staging(Uri url) => new() { Name = "staging", Url = url, Engine = "process", Instances = 1 };

    public static DeliveryEnvironment Production(Uri url) => new() { Name = "production", Url = url, Engine = "process", Instances = 1, RequiresRehearsal = true };

    public static Instance Instance(Uri address) => new("staging-blue-1", Colour.Blue, Digest, "settings", address, true, DateTimeOffset.UnixEpoch, 0, null);
}
