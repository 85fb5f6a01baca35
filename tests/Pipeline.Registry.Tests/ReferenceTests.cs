using Pipeline.Artifacts.Registry;
using Pipeline.Delivery;

namespace Pipeline.Registry.Tests;

public sealed class ReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("registry.example.com/shop:1.2.3", "registry.example.com", "shop", "1.2.3", null)]
    [InlineData($"registry.example.com:5000/team/shop@{Digest}", "registry.example.com:5000", "team/shop", null, Digest)]
    [InlineData($"localhost/shop:v1@{Digest}", "localhost", "shop", "v1", Digest)]
    [InlineData("127.0.0.1:5000/a/b/c_d__e-f.g:latest", "127.0.0.1:5000", "a/b/c_d__e-f.g", "latest", null)]
    [InlineData("[::1]:5000/shop:x", "[::1]:5000", "shop", "x", null)]
    [InlineData("host:80/shop:x", "host:80", "shop", "x", null)]
    public void A_reference_is_read_and_written_as_it_was(string text, string host, string name, string? tag, string? digest)
    {
        var reference = RegistryReference.Parse(text);
        Assert.Equal((host, name, tag, digest), (reference.Repository.Host, reference.Repository.Name, reference.Tag, reference.Digest?.Value));
        Assert.Equal(text, reference.ToString());
        Assert.True(RegistryReference.TryParse(text, out var again));
        Assert.Equal(reference, again);
    }

    [Theory]
    [InlineData("postgres:17", "it has no '/', so it does not say which registry; write registry.example.com/postgres:17, or docker.io/library/postgres:17 for Docker's own")]
    [InlineData("library/postgres:17", "'library' is no host; write a name with a dot, an address, or localhost, with :port where the registry has one")]
    [InlineData("https://registry.example.com/shop:1", "it begins with a scheme; leave that out: registries are spoken to over https, and over http on this machine or where one is named insecure")]
    [InlineData("registry.example.com/Shop:1", "'Shop' cannot name a repository; use lower-case letters, digits and single . _ - between them, and / between parts")]
    [InlineData("registry.example.com/shop", "it has neither a tag nor a digest; add @sha256:… to mean always the same image")]
    [InlineData("registry.example.com/shop:-x", "'-x' is no tag; use letters, digits and . - _, at most 128, not beginning with . or -")]
    [InlineData("registry.example.com/shop@sha256:12", "'sha256:12' is no digest; write sha256: and 64 lower-case hexadecimal digits")]
    [InlineData("registry.example.com:99999/shop:1", "'registry.example.com:99999' is no host; write a name with a dot, an address, or localhost, with :port where the registry has one")]
    [InlineData("registry.example.com/:1", "the name of the repository is empty")]
    public void What_is_no_reference_is_refused_with_the_remedy(string text, string fault)
    {
        var refusal = Assert.Throws<DeliveryException>(() => RegistryReference.Parse(text));
        Assert.Equal($"'{text}' is no image in a registry; write host[:port]/name:tag or host[:port]/name@sha256:…:\n  - {fault}", refusal.Message);
        Assert.False(RegistryReference.TryParse(text, out _));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var refusal = Assert.Throws<DeliveryException>(() => RegistryReference.Parse("somewhere/Shop:?@md5:1"));
        Assert.Equal(4, refusal.Message.Split("\n  - ").Length - 1);
    }

    [Fact]
    public void A_repository_is_a_reference_without_tag_and_digest()
    {
        var repository = RegistryRepository.Parse("127.0.0.1:5000/team/shop");
        Assert.Equal("127.0.0.1:5000/team/base", repository.Beside("team/base").ToString());
        var refusal = Assert.Throws<DeliveryException>(() => RegistryRepository.Parse("team/shop"));
        Assert.StartsWith("'team/shop' is no repository of a registry; write host[:port]/name, such as registry.example.com:5000/shop:\n  - 'team' is no host", refusal.Message, StringComparison.Ordinal);
    }
}
