using Pipeline.Targets.Fingerprints;

namespace Pipeline.Targets.Tests.Fingerprints;

public sealed class GlobTests
{
    [Theory]
    [InlineData("src/**/*.cs", "src/Shop/Program.cs", true)]
    [InlineData("src/**/*.cs", "src/Program.cs", true)]
    [InlineData("src/**/*.cs", "src/Shop/Program.csproj", false)]
    [InlineData("src/**", "src/a/b/c", true)]
    [InlineData("src/**", "source/a", false)]
    [InlineData("**/*.sql", "a.sql", true)]
    [InlineData("**/bin/**", "src/Shop/bin/Debug/a.dll", true)]
    [InlineData("*.cs", "src/a.cs", false)]
    [InlineData("src/?.cs", "src/a.cs", true)]
    [InlineData("src/?.cs", "src/ab.cs", false)]
    [InlineData("src/*a*b*.cs", "src/xaxbx.cs", true)]
    [InlineData("src/*a*b*.cs", "src/xbxax.cs", false)]
    [InlineData("{src,tests}/**/*.{cs,csproj}", "tests/A/A.csproj", true)]
    [InlineData("{src,tests}/**/*.{cs,csproj}", "docs/A.csproj", false)]
    [InlineData("./src/*", "src/a", true)]
    [InlineData("**/**/a", "a", true)]
    [InlineData("a/**/b/**/c", "a/b/x/y/c", true)]
    [InlineData("Src/*", "src/a", false)]
    public void A_pattern_matches_as_documented(string pattern, string path, bool expected) => Assert.Equal(expected, Glob.Parse(pattern).Matches(path));

    [Theory]
    [InlineData("../other/*.cs", "input '../other/*.cs' is no path below the working directory; write it relative, with / and without ..")]
    [InlineData("/etc/passwd", "input '/etc/passwd' is no path below the working directory; write it relative, with / and without ..")]
    [InlineData("", "input '' is no path below the working directory; write it relative, with / and without ..")]
    [InlineData("src/{a,b", "input 'src/{a,b' has a brace without its partner; write {a,b}")]
    public void A_pattern_that_cannot_be_meant_is_refused(string pattern, string message) =>
        Assert.Equal(message, Assert.Throws<MisuseException>(() => Glob.Parse(pattern)).Message);

    [Fact]
    public void Every_path_without_wildcards_matches_itself_alone()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var path = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => (char)random.Next('a', 'd')))));
            Assert.True(Glob.Parse(path).Matches(path));
            Assert.False(Glob.Parse(path).Matches(path + "x"));
            Assert.True(Glob.Parse("**/" + path.Split('/')[^1]).Matches(path));
        }
    }
}
