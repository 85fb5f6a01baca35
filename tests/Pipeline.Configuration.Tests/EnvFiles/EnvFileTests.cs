using Pipeline.Configuration.EnvFiles;
using Pipeline.Testing;

namespace Pipeline.Configuration.Tests.EnvFiles;

public sealed class EnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  A = 1  ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("export\tA=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A= # nothing yet", "")]
    [InlineData("A=one two # a comment", "one two")]
    [InlineData("A=one#two", "one#two")]
    [InlineData("A=#one", "#one")]
    [InlineData("A=a=b=c", "a=b=c")]
    [InlineData("A=back\\slash", "back\\slash")]
    [InlineData("A=$HOME `id` $(id) ${A}", "$HOME `id` $(id) ${A}")]
    [InlineData("A=it's", "it's")]
    [InlineData("A=''", "")]
    [InlineData("A='one # \"two\" \\n $x'", "one # \"two\" \\n $x")]
    [InlineData("A='one' # a comment", "one")]
    [InlineData("A=\"one # two\"", "one # two")]
    [InlineData("A=\"a\\tb\\nc\\r\\\"d\\\" \\\\ \\$e\"", "a\tb\nc\r\"d\" \\ $e")]
    [InlineData("A=\"first\nsecond # still\n\nlast\" # a comment", "first\nsecond # still\n\nlast")]
    [InlineData("A=\"first\r\nsecond\"\r\n", "first\nsecond")]
    [InlineData("\uFEFFA=1", "1")]
    [InlineData("A=Grüße", "Grüße")]
    [InlineData("A=a\u2028b", "a\u2028b")]
    public void A_value_is_read_as_the_grammar_says(string text, string value) =>
        Assert.Equal(value, Assert.Single(EnvFile.Parse(text, ".env")).Value);

    [Fact]
    public void Comments_and_blank_lines_are_nothing() =>
        Assert.Equal(["A", "B"], EnvFile.Parse("# A=0\n\n   \t\nA=1\n  # more\nB=2", ".env").Keys);

    [Fact]
    public void Every_fault_is_named_with_its_line_and_no_value_is_shown()
    {
        const string Text = """
            no assignment s3cret
            1ST=s3cret
            export SMTP-HOST=s3cret
            A="s3cret \x"
            A=s3cret
            B='s3cret
            C="s3cret" s3cret
            D="s3cret"#s3cret
            E="s3cret
            F=s3cret
            """;

        var fault = Assert.Throws<EnvFileException>(() => EnvFile.Parse(Text, ".env.staging"));

        Assert.Equal(
            """
            .env.staging:1: the line has no '='; write KEY=value, or begin a comment with #
            .env.staging:2: what stands before '=' is no key; use letters, digits and underscores, and no digit first
            .env.staging:3: what stands before '=' is no key; use letters, digits and underscores, and no digit first
            .env.staging:4: the value of A has an unknown escape; within double quotes write \n, \r, \t, \", \$ or \\
            .env.staging:5: key A stands in line 4 already; keep one of the two
            .env.staging:6: the quote of B is not closed; end the value with the quote it began with
            .env.staging:7: something follows the closing quote of C; put quotes around the whole value, and a blank before the # of a comment
            .env.staging:8: something follows the closing quote of D; put quotes around the whole value, and a blank before the # of a comment
            .env.staging:9: the quote of E is not closed; end the value with the quote it began with
            """.ReplaceLineEndings("\n"),
            fault.Message);
    }

    [Fact]
    public void A_line_after_a_value_of_many_lines_keeps_its_number()
    {
        var fault = Assert.Throws<EnvFileException>(() => EnvFile.Parse("A=\"1\n2\n3\"\nB='4'\nwrong", ".env"));

        Assert.Equal(5, Assert.Single(fault.Faults).Line);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine(".env.staging");

        var fault = Assert.Throws<EnvFileException>(() => EnvFile.Load(path));

        Assert.Equal($"{path}: the file is missing; create it from the example that the settings schema renders", fault.Message);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_refused()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine(".env");
        File.WriteAllBytes(path, [(byte)'A', (byte)'=', 0xE9]);

        Assert.Equal($"{path}:1: the file is not UTF-8; save it as UTF-8", Assert.Throws<EnvFileException>(() => EnvFile.Load(path)).Message);
    }

    [Fact]
    public void Whatever_is_written_is_read_back()
    {
        const string Alphabet = "ab1 \t\n\r\\\"'#$`={}é€😀-_:/@";
        var random = new Random(1812);
        for (var round = 0; round < 20_000; round++)
        {
            var value = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var line = $"A={EnvFile.Quote(value)} # {round}\nB=2\n";

            var read = EnvFile.Parse(line, ".env");

            Assert.True(read["A"] == value && read["B"] == "2", $"{line} gave {read["A"]}");
        }
    }

    [Fact]
    public void Whatever_stands_in_a_file_it_is_read_or_refused()
    {
        const string Alphabet = "AB=\"'\\#\n\r \t\0n$é";
        var random = new Random(1815);
        for (var round = 0; round < 50_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                Assert.All(EnvFile.Parse(text, ".env").Keys, key => Assert.Matches("^[A-Za-z_][A-Za-z0-9_]*$", key));
            }
            catch (EnvFileException refused)
            {
                Assert.NotEmpty(refused.Faults);
            }
        }
    }
}
