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
            options.RemoteCertificateValidationCallback = (_, certificate, chain, faults) => IsTrusted(authorities, certificate, chain, faults);
        options.ClientCertificates = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*.cert").Order(StringComparer.Ordinal))
            Load(file, () => options.ClientCertificates.Add(X509Certificate2.CreateFromPemFile(file, Path.ChangeExtension(file, ".key"))));
        return options;
    }

    private static bool IsTrusted(X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors faults)
    {
        if (faults == SslPolicyErrors.None)
            return true;
        if (faults != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
            return false;
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(leaf);
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
