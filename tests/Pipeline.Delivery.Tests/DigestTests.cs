using System.Text.Json;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Tests;

public sealed class DigestTests
{
    private const string Text = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void A_digest_travels_through_json_as_its_text() =>
        Assert.Equal(Digest.Parse(Text), JsonSerializer.Deserialize<Digest>(JsonSerializer.Serialize(Digest.Parse(Text))));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [InlineData("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Anything_else_is_no_digest(string? text) => Assert.False(Digest.TryParse(text, out _));

    [Fact]
    public void A_wrong_digest_is_named_with_the_remedy()
    {
        var fault = Assert.Throws<FormatException>(() => Digest.Parse("latest"));
        Assert.Equal("'latest' is no digest; write sha256: and 64 lower-case hexadecimal digits", fault.Message);
    }
}
