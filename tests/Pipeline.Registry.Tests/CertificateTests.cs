using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pipeline.Artifacts.Registry;
using Pipeline.Delivery;
using Pipeline.Testing;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>A registry whose certificate no public authority has signed, as registries within a company are.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task The_authority_in_the_folder_of_the_registry_is_trusted()
    {
        var authority = Authority("ours");
        await using var registry = await LoopbackRegistry.StartAsync(Signed(authority));
        using var here = new Site();
        LayOut(here, registry.Host, "ca.crt", authority.ExportCertificatePem());
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        Assert.True(await here.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
    }

    [Fact]
    public async Task Another_authority_is_not_trusted()
    {
        await using var registry = await LoopbackRegistry.StartAsync(Signed(Authority("theirs")));
        using var here = new Site();
        LayOut(here, registry.Host, "ca.crt", Authority("ours").ExportCertificatePem());
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PullAsync($"{registry.Host}/shop:1"));
        Assert.Equal(
            $"registry {registry.Host}, repository shop, gives no connection to trust (The remote certificate is invalid because of errors in the certificate chain: PartialChain); put the certificate of its "
            + "authority into /etc/docker/certs.d/HOST:PORT/ca.crt, or, where it speaks plain http in a private network, name it with --insecure-registry", refusal.Message);
        Assert.False(refusal.IsTransient);
    }

    [Fact]
    public async Task A_file_that_is_no_certificate_is_named()
    {
        using var here = new Site();
        LayOut(here, "127.0.0.1:5", "ca.crt", "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n");
        LayOut(here, "127.0.0.1:5", "client.cert", "none");
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => here.PullAsync("127.0.0.1:5/shop:1"));
        Assert.Contains($"{Path.Combine(here.Certificates, "127.0.0.1:5")}/c", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Give a certificate (and for a .cert its .key) in PEM", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static void LayOut(Site site, string host, string name, string content)
    {
        Directory.CreateDirectory(Path.Combine(site.Certificates, host));
        File.WriteAllText(Path.Combine(site.Certificates, host, name), content);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private RegistrySetup Signed(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=registry", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3]);
        File.WriteAllText(folder.Combine("registry.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(folder.Combine("registry.key"), key.ExportPkcs8PrivateKeyPem());
        return new RegistrySetup { Certificate = folder.Combine("registry.pem"), Key = folder.Combine("registry.key") };
    }
}
