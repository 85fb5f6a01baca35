using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Registry.Http;

/// <summary>What a folder of Docker's <c>certs.d</c> says about one registry: whom to trust besides the machine's authorities, and who we are.</summary>
internal static class TrustedCertificates
{
    /// <exception cref="DeliveryException">A file in the folder is no certificate or no key.</exception>
    public static SslClientAuthenticationOptions Options(string folder)
    {
        var options = new SslClientAuthenticationOptions();
        if (!Directory.Exists(folder))
            return options;
        var authorities = new X509Certificate2Collection();
        foreach (var file in Directory.EnumerateFiles(folder, "*.crt").Order(StringComparer.Ordinal))
            Load(file, () => authorities.ImportFromPemFile(file));
        if (authorities.Count > 0)
            options.CertificateChainPolicy = Trusting(authorities);
        options.ClientCertificates = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*.cert").Order(StringComparer.Ordinal))
            Load(file, () => options.ClientCertificates.Add(X509Certificate2.CreateFromPemFile(file, Path.ChangeExtension(file, ".key"))));
        return options;
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        using var machine = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(machine.Certificates);
        return policy;
    }

    private static void Load(string file, Action load)
    {
        try
        {
            load();
        }
        catch (Exception damaged) when (damaged is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{file}, which belongs to the connection to the registry of that folder's name, cannot be used: {damaged.Message} Give a certificate (and for a .cert its .key) in PEM", damaged);
        }
    }
}
