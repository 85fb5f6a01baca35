using Pipeline.GitHub.Running;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Running;

public sealed class WhichGitHub : IDisposable
{
    private readonly Dictionary<string, string> variables = new() { ["GITHUB_TOKEN"] = "a-token" };

    private readonly HttpClient http = new();

    [Theory]
    [InlineData("https://github.com/mia/shop.git")]
    [InlineData("https://github.com/mia/shop")]
    [InlineData("https://mia:secret@github.com/mia/shop.git/")]
    [InlineData("git@github.com:mia/shop.git")]
    [InlineData("github.com:mia/shop")]
    [InlineData("ssh://git@github.com/mia/shop.git")]
    [InlineData("ssh://git@ssh.github.com:443/mia/shop.git")]
    [InlineData("git@GitHub.com:mia/shop.git")]
    public void Is_what_the_remote_origin_names(string origin)
    {
        var search = Find(origin);

        Assert.Equal("github.com/mia/shop", search.Access!.Name);
        Assert.Equal("github.com/mia/shop with the token from GITHUB_TOKEN", search.Reason);
        Assert.Null(search.Access.Run);
    }

    [Theory]
    [InlineData("GITHUB_API_URL", "https://git.example.org/api/v3")]
    [InlineData("GITHUB_SERVER_URL", "https://git.example.org")]
    [InlineData("GH_HOST", "git.example.org")]
    public void Of_an_enterprise_must_be_named_as_one(string variable, string value)
    {
        Assert.Equal(
            "the remote origin is at git.example.org, which is not known to be a GitHub; set GITHUB_API_URL to https://git.example.org/api/v3 where it is GitHub Enterprise Server",
            Find("git@git.example.org:mia/shop.git").Reason);

        variables[variable] = value;

        Assert.Equal("git.example.org/mia/shop", Find("git@git.example.org:mia/shop.git").Access!.Name);
    }

    [Fact]
    public void Is_one_however_its_name_is_written()
    {
        Assert.Equal("github.com/mia/shop", Find("git@github.com:Mia/Shop.git").Access!.Name);

        variables["GITHUB_REPOSITORY"] = "MIA/shop";

        Assert.Equal("github.com/mia/shop", Find(null).Access!.Name);
    }

    [Fact]
    public async Task Tells_every_token_and_key_to_whoever_masks_them_before_it_is_used()
    {
        using var server = new Rest.ScriptedServer();
        using var key = System.Security.Cryptography.RSA.Create(2048);
        List<string> learned = [];
        server.Then(200, """{"id":42}""").Then(201, """{"token":"of-the-app","expires_at":"2126-11-20T11:00:00Z"}""").Then(_ =>
        {
            learned.Add("it is used");
            return Rest.ScriptedServer.Answer(200, """{"id":1,"name":"production","html_url":"https://example.org"}""");
        });
        variables["GITHUB_API_URL"] = server.Address.ToString();
        variables["GITHUB_REPOSITORY"] = "mia/shop";
        GitHubAccess.Find(variables.GetValueOrDefault, learned.Add, null, http, TimeProvider.System);
        variables.Remove("GITHUB_TOKEN");
        (variables["GITHUB_APP_ID"], variables["GITHUB_APP_PRIVATE_KEY"]) = ("3", key.ExportRSAPrivateKeyPem());
        var access = GitHubAccess.Find(variables.GetValueOrDefault, learned.Add, null, http, TimeProvider.System).Access!;

        await access.Repository.Environments.FindAsync("production", TestContext.Current.CancellationToken);
        await access.Repository.Environments.FindAsync("production", TestContext.Current.CancellationToken);

        Assert.Equal(["a-token", key.ExportRSAPrivateKeyPem(), "of-the-app", "it is used", "it is used"], learned);
        Assert.Equal("app 3 in mia/shop", access.Token.Origin);
    }

    [Fact]
    public void With_data_residency_is_known_by_its_name() => Assert.Equal("octo.ghe.com/mia/shop", Find("https://octo.ghe.com/mia/shop").Access!.Name);

    [Fact]
    public async Task Of_an_enterprise_is_spoken_to_at_its_own_interface()
    {
        using var server = new Rest.ScriptedServer();
        server.Then(200, """{"id":1,"name":"production","html_url":"https://example.org"}""");
        variables["GITHUB_API_URL"] = server.Address.ToString();
        var found = await Find($"http://{server.Address.Authority}/mia/shop.git").Access!.Repository.Environments.FindAsync("production", TestContext.Current.CancellationToken);

        Assert.Equal("production", found!.Name);
        Assert.Equal("/api/v3/repos/mia/shop/environments/production", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public void Is_what_a_variable_names_wherever_the_clone_came_from()
    {
        variables["GITHUB_REPOSITORY"] = "mia/other";

        Assert.Equal("github.com/mia/other", Find("https://gitlab.example.org/mia/shop").Access!.Name);
    }

    [Fact]
    public void Is_the_runners_own_on_a_runner()
    {
        foreach (var (name, value) in new[]
        {
            ("GITHUB_ACTIONS", "true"), ("GITHUB_REPOSITORY", "mia/shop"), ("GITHUB_RUN_ID", "7"), ("GITHUB_RUN_ATTEMPT", "1"), ("GITHUB_JOB", "production"), ("GITHUB_SHA", "1f0c"),
            ("GITHUB_REF", "refs/heads/main"), ("GITHUB_EVENT_NAME", "push"), ("GITHUB_ACTOR", "mia"), ("GITHUB_SERVER_URL", "https://git.example.org"),
            ("GITHUB_API_URL", "https://git.example.org/api/v3"),
        })
            variables[name] = value;

        var access = Find("https://github.com/else/where").Access!;

        Assert.Equal("git.example.org/mia/shop", access.Name);
        Assert.Equal(7, access.Run!.Id);
    }

    [Theory]
    [InlineData(null, "the clone has no remote origin; set GITHUB_REPOSITORY to owner/name")]
    [InlineData("/srv/git/shop.git", "the remote origin is no repository on a host; set GITHUB_REPOSITORY to owner/name")]
    [InlineData("file:///srv/git/shop.git", "the remote origin is no repository on a host; set GITHUB_REPOSITORY to owner/name")]
    [InlineData("https://github.com/mia", "the remote origin is no repository on a host; set GITHUB_REPOSITORY to owner/name")]
    [InlineData("https://gitlab.com/mia/shop", "the remote origin is at gitlab.com, which is not known to be a GitHub; set GITHUB_API_URL to https://gitlab.com/api/v3 where it is GitHub Enterprise Server")]
    public void Is_none_with_the_reason(string? origin, string reason) => Assert.Equal(new(null, reason), Find(origin));

    [Fact]
    public void Nobody_speaks_without_a_token_and_without_gh()
    {
        variables.Remove("GITHUB_TOKEN");
        using var folder = new TemporaryDirectory();
        variables["PATH"] = folder.Path;
        Assert.Equal(
            new(null, "nobody speaks with github.com: GITHUB_TOKEN is not set, and gh is not to be had; set the one, or install the other and sign in"),
            Find("https://github.com/mia/shop"));

        File.WriteAllText(Path.Combine(folder.Path, "gh"), "");

        Assert.Equal("gh auth token --hostname github.com", Find("https://github.com/mia/shop").Access!.Token.Origin);
    }

    [Fact]
    public void A_variable_that_holds_no_repository_is_named()
    {
        variables["GITHUB_REPOSITORY"] = "shop";

        Assert.Contains("'shop' is no repository; write it as owner/name", Assert.Throws<FormatException>(() => Find(null)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => http.Dispose();

    private GitHubSearch Find(string? origin) => GitHubAccess.Find(variables.GetValueOrDefault, origin, http, TimeProvider.System);
}
