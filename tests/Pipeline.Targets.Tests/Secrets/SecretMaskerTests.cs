using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Targets.Evidence;
using Pipeline.Targets.Output;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Tests.Secrets;

/// <summary>A secret never gets out, however it is encoded and wherever the writes cut it.</summary>
public sealed class SecretMaskerTests
{
    private const string Alphabet = "abcXYZ019+/=&%\"'\\<> -_.:äß€\t";

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_form_of_any_secret_survives_any_cutting_of_the_writes(int seed)
    {
        var random = new Random(seed);
        var secrets = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Secret(random)).ToArray();
        var masker = new SecretMasker();
        Assert.All(secrets, secret => Assert.True(masker.Register(secret)));
        var text = string.Concat(Enumerable.Range(0, 30).Select(_ => random.Next(3) == 0 ? Form(random, secrets[random.Next(secrets.Length)]) : Noise(random)));
        var lines = new List<string>();
        var stream = new LineStream(masker, lines.Add);
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(random.Next(1, 12), text.Length - at);
            stream.Write(text.AsSpan(at, length));
            at += length;
        }

        stream.Finish();
        var shown = string.Join('\n', lines);
        foreach (var secret in secrets)
        {
            foreach (var form in SecretForms.Of(secret))
                Assert.DoesNotContain(form, shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Text_without_secrets_passes_unchanged(int seed)
    {
        var random = new Random(seed);
        var masker = new SecretMasker();
        masker.Register("QQQQ" + Secret(random));
        var text = string.Concat(Enumerable.Range(0, 40).Select(_ => Noise(random))).Replace("Q", "q", StringComparison.Ordinal);
        var lines = new List<string>();
        var stream = new LineStream(masker, lines.Add);
        foreach (var piece in text.Chunk(random.Next(1, 9)))
            stream.Write(piece);
        stream.Finish();
        Assert.Equal(text.TrimEnd('\n'), string.Join('\n', lines).TrimEnd('\n'));
    }

    [Fact]
    public void The_lines_of_a_secret_are_masked_each_for_itself()
    {
        var masker = new SecretMasker();
        masker.Register("-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----");
        Assert.Equal("key line: ***", masker.Mask("key line: kqhkiG9w0BAQEF"));
    }

    [Fact]
    public void A_secret_that_contains_another_vanishes_whole()
    {
        var masker = new SecretMasker();
        masker.Register("word");
        masker.Register("password1");
        Assert.Equal("a *** b *** c", masker.Mask("a password1 b word c"));
    }

    [Fact]
    public void Text_too_short_to_be_a_secret_is_refused() => Assert.False(new SecretMasker().Register("abc"));

    [Fact]
    public void Masked_JSON_stays_valid_and_keeps_its_shape()
    {
        var masker = new SecretMasker();
        masker.Register("12345");
        masker.Register("s3cret\"x");
        using var document = JsonDocument.Parse("""{"s3cret\"x":[1,12345,"a s3cret\"x b",null,true],"n":{"x":"plain"}}""");
        Assert.Equal("""{"***":[1,"***","a *** b",null,true],"n":{"x":"plain"}}""", MaskedJson.Mask(document.RootElement, masker).GetRawText());
    }

    private static string Secret(Random random) => string.Concat(Enumerable.Range(0, random.Next(6, 24)).Select(_ => Alphabet[random.Next(Alphabet.Length)])).Trim() + "Zz9!";

    private static string Noise(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 15)).Select(_ => "abc XYZ,;\n"[random.Next(10)]));

    private static string Form(Random random, string secret) => random.Next(6) switch
    {
        0 => secret,
        1 => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
        2 => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{"user"[..random.Next(1, 4)]}:{secret}:x")),
        3 => Uri.EscapeDataString(secret),
        4 => JsonEncodedText.Encode(secret).ToString(),
        _ => WebUtility.HtmlEncode(secret),
    };
}
