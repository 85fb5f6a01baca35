using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.GitHub.Rest;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Rest;

public sealed class WhoSpeaks : IDisposable
{
    private static readonly RepositoryName Repository = new("octocat", "example");

    private readonly ScriptedServer server = new();

    private readonly HttpClient http = new();

    private readonly RSA key = RSA.Create(2048);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_given_token_comes_first()
    {
        Assert.Equal(("GITHUB_TOKEN", "one"), await Found(("GITHUB_TOKEN", "one"), ("GH_TOKEN", "two"), ("GITHUB_APP_ID", "3")));
        Assert.Equal(("GH_TOKEN", "two"), await Found(("GITHUB_TOKEN", ""), ("GH_TOKEN", "two")));
    }

    [Fact]
    public async Task An_app_signs_in_where_it_is_installed_and_again_before_its_token_ends()
    {
        var time = new SetTime(DateTimeOffset.Parse("2026-11-20T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        server.Then(200, """{"id":42}""").Then(201, """{"token":"first","expires_at":"2026-11-20T11:00:00Z"}""").Then(200, """{"id":42}""").Then(201, """{"token":"second","expires_at":"2026-11-20T12:00:00Z"}""");
        using var token = new AppToken("Iv1.abc", key.ExportRSAPrivateKeyPem(), Repository, new() { Api = server.Address }, http, time);

        Assert.Equal("first", await token.ReadAsync(Cancellation));
        Assert.Equal("first", await token.ReadAsync(Cancellation));
        time.Now = time.Now.AddMinutes(56);
        Assert.Equal("second", await token.ReadAsync(Cancellation));

        Assert.Equal(
            ["GET /api/v3/repos/octocat/example/installation", "POST /api/v3/app/installations/42/access_tokens", "GET /api/v3/repos/octocat/example/installation", "POST /api/v3/app/installations/42/access_tokens"],
            server.Requests.Select(request => $"{request.Method} {request.Path}"));
        Assert.Equal("""{"repositories":["example"]}""", server.Requests.ElementAt(1).Body);
        VerifySigned(server.Requests.First().Headers["Authorization"]["Bearer ".Length..]);
    }

    [Fact]
    public void An_app_without_a_key_of_its_kind_is_told()
    {
        Assert.Equal("GITHUB_APP_ID is set and GITHUB_APP_PRIVATE_KEY is not; set both, or neither", Assert.Throws<FormatException>(() => Find(("GITHUB_APP_ID", "3"))).Message);
        Assert.Equal("GITHUB_APP_PRIVATE_KEY is set and GITHUB_APP_ID is not; set both, or neither", Assert.Throws<FormatException>(() => Find(("GITHUB_APP_PRIVATE_KEY", "x"))).Message);
        Assert.Equal("the key of app 3 is no private RSA key in PEM; take the file that GitHub gave when the key was made", Assert.Throws<FormatException>(() => Find(("GITHUB_APP_ID", "3"), ("GITHUB_APP_PRIVATE_KEY", "x"))).Message);
    }

    [Fact]
    public void An_app_with_the_public_part_of_its_key_is_told() => Assert.Equal(
        "the key of app 3 is no private RSA key in PEM; take the file that GitHub gave when the key was made",
        Assert.Throws<FormatException>(() => Find(("GITHUB_APP_ID", "3"), ("GITHUB_APP_PRIVATE_KEY", key.ExportSubjectPublicKeyInfoPem()))).Message);

    [Fact]
    public async Task Who_is_signed_in_with_gh_speaks_else()
    {
        using var folder = new TemporaryDirectory();
        var program = folder.Combine("gh");
        await File.WriteAllTextAsync(program, "#!/bin/sh\n[ \"$*\" = 'auth token --hostname github.com' ] && echo gho_token\n", Cancellation);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal("gho_token", await new CliToken("github.com", program).ReadAsync(Cancellation));
        var other = await Assert.ThrowsAsync<GitHubException>(() => new CliToken("example.org", program).ReadAsync(Cancellation));
        Assert.Equal("gh auth token --hostname example.org ended with 1: ; sign in with gh auth login --hostname example.org, or set GITHUB_TOKEN", other.Message);
        Assert.Equal("gh auth token --hostname github.com", Find().Origin);
    }

    [Fact]
    public async Task A_gh_that_waits_for_somebody_is_not_waited_for()
    {
        using var folder = new TemporaryDirectory();
        var program = folder.Combine("gh");
        await File.WriteAllTextAsync(program, "#!/bin/sh\nsleep 600\n", Cancellation);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var late = await Assert.ThrowsAsync<GitHubException>(() => new CliToken("github.com", program) { Timeout = TimeSpan.FromSeconds(0.2) }.ReadAsync(Cancellation));

        Assert.Equal("gh auth token --hostname github.com did not answer within 0.2 s; run it in a terminal to see what it waits for, or set GITHUB_TOKEN", late.Message);
        Assert.True(late.CanSucceedLater);
    }

    [Fact]
    public async Task Without_gh_the_way_out_is_told()
    {
        var missing = await Assert.ThrowsAsync<GitHubException>(() => new CliToken("github.com", "/nowhere/gh").ReadAsync(Cancellation));

        Assert.Equal(GitHubFault.Unauthorized, missing.Fault);
        Assert.StartsWith("no token for github.com: GITHUB_TOKEN is not set, and /nowhere/gh is not to be had (", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "https://api.github.com/")]
    [InlineData("", "https://api.github.com/")]
    [InlineData("https://github.example.org/api/v3", "https://github.example.org/api/v3")]
    public void The_address_is_that_of_the_runner(string? given, string address) => Assert.Equal(address, GitHubOptions.Read(_ => given).Api.AbsoluteUri);

    [Theory]
    [InlineData("github.example.org")]
    [InlineData("ftp://github.example.org")]
    [InlineData("https://me:secret@github.example.org")]
    [InlineData("https://github.example.org/?a=b")]
    public void An_address_that_is_none_is_refused(string given) =>
        Assert.EndsWith("write https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server", Assert.Throws<FormatException>(() => GitHubOptions.Read(_ => given)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_repository_is_written_as_owner_and_name()
    {
        Assert.Equal(Repository, RepositoryName.Parse("octocat/example"));
        Assert.All(["octocat", "a/b/c", "a/..", "a/", "/b", "a b/c", "a/b\n"], wrong => Assert.Throws<FormatException>(() => RepositoryName.Parse(wrong)));
    }

    public void Dispose()
    {
        server.Dispose();
        http.Dispose();
        key.Dispose();
    }

    private void VerifySigned(string jwt)
    {
        var parts = jwt.Split('.');
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal(
            ("Iv1.abc", 10 * 60),
            (claims.RootElement.GetProperty("iss").GetString(), claims.RootElement.GetProperty("exp").GetInt64() - claims.RootElement.GetProperty("iat").GetInt64()));
    }

    private IGitHubToken Find(params (string Name, string Value)[] variables) => GitHubTokens.Find(
        name => variables.FirstOrDefault(variable => variable.Name == name).Value, Repository, new(), http, TimeProvider.System);

    private async Task<(string Origin, string Token)> Found(params (string Name, string Value)[] variables)
    {
        var token = Find(variables);
        return (token.Origin, await token.ReadAsync(Cancellation));
    }

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
