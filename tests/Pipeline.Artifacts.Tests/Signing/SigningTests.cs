using System.Security.Cryptography;
using Pipeline.Artifacts.Signing;
using Pipeline.Delivery;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests.Signing;

public sealed class SigningTests
{
    [Fact]
    public void What_a_key_signed_its_public_half_verifies_and_no_other()
    {
        var (key, other) = (SigningKey.Make(), SigningKey.Make());
        var envelope = Envelope.Seal("text/plain", "hello"u8.ToArray(), key);
        Assert.True(envelope.IsSignedBy(key.PublicKey));
        Assert.False(envelope.IsSignedBy(other.PublicKey));
        Assert.False((envelope with { Payload = "hallo"u8.ToArray() }).IsSignedBy(key.PublicKey));
        Assert.False((envelope with { PayloadType = "text/html" }).IsSignedBy(key.PublicKey));
    }

    [Fact]
    public void An_envelope_survives_being_written_and_read()
    {
        var key = SigningKey.Make();
        var read = Envelope.Read(Envelope.Seal("text/plain", "hello"u8.ToArray(), key).Write());
        Assert.True(read.IsSignedBy(key.PublicKey));
        Assert.Equal(key.PublicKey.Id, Assert.Single(read.Signatures).KeyId);
    }

    [Fact]
    public async Task Openssl_verifies_what_we_sign_and_we_what_openssl_signs()
    {
        Needs.Program("openssl");
        using var folder = new TemporaryDirectory();
        var (pem, publicPem, document, signature) = (folder.Combine("key.pem"), folder.Combine("pub.pem"), folder.Combine("document"), folder.Combine("signature"));
        await Command.RunAsync("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", pem);
        var key = SigningKey.FromPem(await File.ReadAllTextAsync(pem, TestContext.Current.CancellationToken), "key.pem");
        await File.WriteAllTextAsync(document, "hello", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(publicPem, key.PublicKey.Pem, TestContext.Current.CancellationToken);

        await File.WriteAllBytesAsync(signature, key.Sign("hello"u8), TestContext.Current.CancellationToken);
        Assert.Equal("Verified OK\n", await Command.RunAsync("openssl", "dgst", "-sha256", "-verify", publicPem, "-signature", signature, document));
        await Command.RunAsync("openssl", "dgst", "-sha256", "-sign", pem, "-out", signature, document);
        var theirs = await File.ReadAllBytesAsync(signature, TestContext.Current.CancellationToken);
        Assert.True(key.PublicKey.Verifies("hello"u8, theirs));
    }

    [Fact]
    public void The_key_of_a_machine_is_made_once_for_its_owner_alone()
    {
        using var folder = new TemporaryDirectory();
        var keys = new SigningKeyFolder(folder.Combine("keys"));
        Assert.Null(keys.Find());
        var made = new List<VerificationKey>();
        var first = keys.ReadOrMake(made.Add);
        var second = keys.ReadOrMake(made.Add);
        Assert.Equal(first.PublicKey, second.PublicKey);
        Assert.Equal(first.PublicKey, Assert.Single(made));
        Assert.Equal(first.PublicKey, keys.Find());
        Assert.Equal(first.PublicKey, Assert.Single(VerificationKey.ReadAll(File.ReadAllText(keys.PublicKeyFile), "file")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Combine("keys/signing.pem")));
    }

    [Fact]
    public async Task Programs_that_make_the_key_at_once_get_the_same()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("keys");
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new SigningKeyFolder(path).ReadOrMake(_ => { }).PublicKey.Id)));
        Assert.Single(keys.Distinct());
        Assert.Equal(["signing.pem", "signing.pub.pem"], Directory.EnumerateFiles(path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused()
    {
        using var folder = new TemporaryDirectory();
        var keys = new SigningKeyFolder(folder.Combine("keys"));
        keys.ReadOrMake(_ => { });
        var path = folder.Combine("keys/signing.pem");
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead);
        var refusal = Assert.Throws<DeliveryException>(() => keys.ReadOrMake(_ => { }));
        Assert.Equal($"signing key {path} may be read by others than its owner; chmod 600 it if nobody did, else delete it and a new one is made", refusal.Message);
    }

    [Fact]
    public void A_private_key_of_another_kind_is_refused_without_showing_it()
    {
        using var rsa = RSA.Create(2048);
        using var otherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var publicHalf = SigningKey.Make().PublicKey.Pem;
        Assert.All([rsa.ExportPkcs8PrivateKeyPem(), otherCurve.ExportPkcs8PrivateKeyPem(), publicHalf, "hunter2", ""], pem =>
        {
            var refusal = Assert.Throws<DeliveryException>(() => SigningKey.FromPem(pem, "PIPELINE_SIGNING_KEY"));
            Assert.Equal(
                "PIPELINE_SIGNING_KEY: the signing key is no private key of ECDSA P-256 in PEM without a password; make one with openssl ecparam -name prime256v1 -genkey -noout",
                refusal.Message);
        });
    }

    [Fact]
    public void Several_public_keys_lie_in_one_file_with_notes_between_them()
    {
        var (first, second) = (SigningKey.Make().PublicKey, SigningKey.Make().PublicKey);
        Assert.Equal([first, second], VerificationKey.ReadAll($"The runner's:\n{first.Pem}\n\nAnna's:\n{second.Pem}\n", "trusted-keys.pem"));
    }

    [Fact]
    public void Every_fault_of_a_file_of_public_keys_is_named()
    {
        using var rsa = RSA.Create(2048);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var refusal = Assert.Throws<DeliveryException>(() => VerificationKey.ReadAll($"{rsa.ExportSubjectPublicKeyInfoPem()}\n{key.ExportPkcs8PrivateKeyPem()}", "trusted-keys.pem"));
        Assert.StartsWith("trusted-keys.pem: block 1 is no public key of ECDSA P-256: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("; block 2 is no public key of ECDSA P-256: it is a PRIVATE KEY, which must not lie here: take it away", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            "trusted-keys.pem: it holds no public key (-----BEGIN PUBLIC KEY-----); write public keys there, such as openssl ec -pubout makes of a P-256 key",
            Assert.Throws<DeliveryException>(() => VerificationKey.ReadAll("nothing", "trusted-keys.pem")).Message);
    }
}
