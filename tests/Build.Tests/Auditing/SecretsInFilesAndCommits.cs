using Build.Tests.Sources;
using Pipeline.Applications.Auditing.Leaks;
using Pipeline.Applications.Sources.Publishing;
using Pipeline.Delivery;

namespace Build.Tests.Auditing;

/// <summary>The secrets are put together here, so that this file holds none.</summary>
public sealed class SecretsInFilesAndCommits : IDisposable
{
    private const string Letters = "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zAcDfGhJkLmNpQrStUvWxYzBcDeFgHjKlMnPqRsTuVwXyZ";

    private GitClone? clone;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Secrets => new()
    {
        { "GitHub token", Text("gh", "p_", Letters[..36]) },
        { "GitHub token", Text("github", "_pat_", Letters[..22], "_", Letters[..59]) },
        { "GitLab token", Text("gl", "pat-", Letters[..20]) },
        { "AWS access key", Text("AK", "IA", "ABCDEFGH12345678") },
        { "AWS secret key", Text(Letters[..38], "/+") },
        { "Google API key", Text("AI", "za", Letters[..35]) },
        { "Google client secret", Text("GOC", "SPX-", Letters[..28]) },
        { "Slack token", Text("xo", "xb-123456789012-", Letters[..24]) },
        { "Slack webhook", Text("hooks.slack", ".com/services/T0000/B0000/", Letters[..24]) },
        { "Stripe live key", Text("sk_", "live_", Letters[..24]) },
        { "Stripe live key", Text("rk_", "live_", Letters[..24]) },
        { "Stripe webhook secret", Text("wh", "sec_", Letters[..32]) },
        { "npm token", Text("np", "m_", Letters[..36]) },
        { "NuGet key", Text("oy", "2", Letters[..43].ToLowerInvariant()) },
        { "Docker token", Text("dckr", "_pat_", Letters[..27]) },
        { "SendGrid key", Text("S", "G.", Letters[..22], ".", Letters[..43]) },
        { "Azure storage key", Text(Letters, "/+/+/+/+/+", "==") },
        { "Azure client secret", Text("aB3", "8Q", "~", Letters[..34]) },
        { "signed token", Text("ey", "Jhbnothing1", ".ey", "Jzdwnothing1", ".", Letters[..43]) },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Each_kind_is_found_with_its_line_and_is_not_shown_whole(string kind, string secret)
    {
        var leak = Assert.Single(LeakText.Find("src/a.cs", $"first\nvar a = {Around(kind, secret)};\nthird", firstLine: 10, commit: null));

        Assert.Equal((kind, "src/a.cs:11"), (leak.Kind, leak.Place));
        Assert.DoesNotContain(secret[4..12], $"{leak}", StringComparison.Ordinal);
        Assert.EndsWith($"; make it invalid where it was issued and remove it, or allow {leak.Id} with the reason why it is none", $"{leak}", StringComparison.Ordinal);
        Assert.Empty(LeakAudit.Check([leak], [new(leak.Id, "a test")]));
        Assert.Equal([$"{leak}"], LeakAudit.Check([leak], [new(leak.Id[1..], "another one")]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("RSA ")]
    [InlineData("EC ")]
    [InlineData("OPENSSH ")]
    [InlineData("ENCRYPTED ")]
    public void A_private_key_is_found_and_what_only_speaks_of_one_is_not(string kind)
    {
        var begin = $"-----BEGIN {kind}PRIVATE " + "KEY-----";
        Assert.Single(LeakText.Find("key.pem", $"{begin}\n{Letters}\n", 1, null));
        Assert.Single(LeakText.Find("key.pem", $"{begin}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n{Letters}\n", 1, null));
        Assert.Single(LeakText.Find("a.json", $"{{\"key\":\"{begin}\\n{Letters}\\n\"}}", 1, null));
        Assert.Empty(LeakText.Find("docs.md", $"It begins with {begin} and goes on with base64.", 1, null));
    }

    [Theory]
    [InlineData("ghp_secret sk_live_s3cr3t npm_install xoxb-short eyJ AKIA AccountKey= sk_test_4eC39HqLyjWDarjtT1zdp7dc")]
    [InlineData("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    public void What_only_resembles_one_is_left_alone(string text) => Assert.Empty(LeakText.Find("src/a.cs", text, 1, null));

    [Fact]
    public void In_files_of_settings_a_value_that_looks_random_under_a_telling_name_is_found()
    {
        const string random = "q8Vz2LxTn0RwYb5KdJ4e";
        var text = $"PORT=8080\nexport SMTP_PASSWORD=\"{random}\"\nAPI_KEY=env:API_KEY\nDB_SECRET=${{OTHER_NAME_OF_A_SECRET}}\nTOKEN=file:/run/secrets/token\nSESSION_KEY=change-me\nGREETING={random}\n";

        var leak = Assert.Single(LeakText.Find(".env.production", text, 1, null));

        Assert.Equal(("value of SMTP_PASSWORD", ".env.production:2"), (leak.Kind, leak.Place));
        Assert.Empty(LeakText.Find("src/a.cs", text, 1, null));
    }

    [Fact]
    public async Task Files_that_git_ignores_and_files_that_are_no_text_are_not_read()
    {
        var git = await GitClone.CreateAsync();
        clone = git;
        var secret = Text("gh", "p_", Letters[..36]);
        git.Write(".gitignore", "ignored.txt\n");
        git.Write("ignored.txt", secret);
        git.Write("image.png", "\0" + secret);
        git.Write("new file.txt", "one\n" + secret);

        var (leaks, read) = await TreeScan.FindAsync(git.Path, await SourceExport.ListAsync(git.Path, Cancellation), Cancellation);

        Assert.Equal("new file.txt:2", Assert.Single(leaks).Place);
        Assert.Equal(2, read);
    }

    [Fact]
    public async Task A_secret_that_a_later_commit_removed_is_found_in_the_one_that_added_it()
    {
        var git = await GitClone.CreateAsync();
        clone = git;
        var secret = Text("gh", "p_", Letters[..36]);
        git.Write("a b\"ü.txt", "one\ntwo\n");
        await git.CommitAsync();
        // Lines that look like what a patch is made of must not lead the reading astray.
        git.Write("a b\"ü.txt", $"one\n++ b/other.txt\n-- a/other.txt\n@@ -1 +1 @@\n\rtwo\r{secret}\n");
        var commit = await git.CommitAsync();
        git.Write("a b\"ü.txt", "one\n");
        await git.CommitAsync();

        var (leaks, read) = await CommitScan.FindAsync(git.Path, since: null, Cancellation);

        Assert.Equal($"commit {commit[..12]}, a b\\\"ü.txt:5", Assert.Single(leaks).Place);
        Assert.Equal(3, read);
    }

    [Fact]
    public async Task A_private_key_that_a_commit_added_over_several_lines_and_a_token_in_a_message_are_found()
    {
        var git = await GitClone.CreateAsync();
        clone = git;
        git.Write("key.pem", "-----BEGIN PRIVATE " + $"KEY-----\n{Letters[..64]}\n-----END PRIVATE KEY-----\n");
        await git.CommitAsync("--message", "signed in with " + Text("np", "m_", Letters[..36]));

        var (leaks, _) = await CommitScan.FindAsync(git.Path, since: null, Cancellation);

        Assert.Equal(["npm token", "private key"], leaks.Select(leak => leak.Kind).Order());
    }

    [Fact]
    public async Task Only_commits_that_others_do_not_have_are_read()
    {
        var git = await GitClone.CreateAsync();
        git.Write("a.txt", Text("gh", "p_", Letters[..36]));
        var first = await git.CommitAsync();
        git.Write("a.txt", "");
        await git.CommitAsync();
        using (git)
            clone = await GitClone.OfAsync(git);
        clone.Write("b.txt", Text("np", "m_", Letters[..36]));
        var third = await clone.CommitAsync();

        var (unpushed, read) = await CommitScan.FindAsync(clone.Path, since: null, Cancellation);
        var (all, _) = await CommitScan.FindAsync(clone.Path, first, Cancellation);

        Assert.Equal(1, read);
        Assert.Equal($"commit {third[..12]}, b.txt:1", Assert.Single(unpushed).Place);
        Assert.Equal(["npm token"], all.Select(leak => leak.Kind));
    }

    [Theory]
    [InlineData("v9.9.9")]
    [InlineData("--output=/tmp/forged")]
    [InlineData("$(touch forged)")]
    public async Task A_revision_that_is_not_there_is_named(string since)
    {
        clone = await GitClone.CreateAsync();
        await clone.CommitAsync();

        var fault = await Assert.ThrowsAsync<DeliveryException>(() => CommitScan.FindAsync(clone.Path, since, Cancellation));

        Assert.Equal($"--since {since}: git knows no such revision here; name a commit, tag or branch that others have already", fault.Message);
    }

    public void Dispose() => clone?.Dispose();

    private static string Text(params string[] parts) => string.Concat(parts);

    private static string Around(string kind, string secret) => kind switch
    {
        "AWS secret key" => $"aws_secret_access_key = \"{secret}\"",
        "Azure storage key" => $"AccountKey={secret};",
        _ => $"\"{secret}\"",
    };
}
