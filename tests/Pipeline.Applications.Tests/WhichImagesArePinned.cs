using Pipeline.Applications.Images;

namespace Pipeline.Applications.Tests;

/// <summary>Images that stand beside the releases are named for good, or not at all.</summary>
public sealed class WhichImagesArePinned
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(Digest)]
    [InlineData("postgres@" + Digest)]
    [InlineData("registry.example.org:5000/site/postgres:17@" + Digest)]
    public void A_digest_or_the_id_of_an_image_names_it_for_good(string text) => Assert.Equal(text, PinnedImage.Parse(text));

    [Theory]
    [InlineData("postgres")]
    [InlineData("postgres:17")]
    [InlineData("postgres@sha256:0123")]
    [InlineData("postgres @" + Digest)]
    [InlineData("a@b@" + Digest)]
    [InlineData(Digest + "\n")]
    [InlineData("")]
    public void A_tag_may_mean_another_image_tomorrow(string text) => Assert.Contains(
        "write name@sha256:…, or the id of an image that the hosts have", Assert.Throws<FormatException>(() => PinnedImage.Parse(text)).Message, StringComparison.Ordinal);
}
