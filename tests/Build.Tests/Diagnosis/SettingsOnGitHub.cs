using System.Diagnostics;
using Pipeline.Testing.GitHub;

namespace Build.Tests.Diagnosis;

/// <summary>What Doctor says of the repository's settings on GitHub.</summary>
public sealed class SettingsOnGitHub : IAsyncDisposable
{
    private const string Denied = "was answered with 403: \"fault 403\"; the token from GITHUB_TOKEN may not do that; add the permission to the job, the app or the token";

    private readonly RepositoryOnGitHub repository = new();

    [Fact]
    public async Task Production_has_all_that_it_needs()
    {
        Assert.Equal(
            [
                "✓ GitHub: github/mia/shop with the token from GITHUB_TOKEN",
                "✓ environment production: is there, and asks mia",
                "✓ environment production: lets main deploy",
                "✓ environment production-watch: is there, and asks nobody",
                "✓ environment production-watch: lets main deploy",
                "✓ environment build: is there, and asks nobody",
                "✓ environment build: lets main deploy",
                "✓ secrets: DOCKER_AUTH_CONFIG, PIPELINE_LEDGER, PIPELINE_SIGNING_KEY, PRODUCTION_DATABASE_URL, PRODUCTION_SHOP_PAYMENT_KEY, PRODUCTION_SHOP_SMOKE_PASSWORD are set",
                "✓ variables: ENVIRONMENT_URL, PIPELINE_ATTEST, PIPELINE_AUDIT_DATA, PIPELINE_BASE_IMAGE, PIPELINE_DEPLOY_RUNNER, PIPELINE_EDGE_IMAGE, PIPELINE_ENTRANCE, PIPELINE_INSECURE_REGISTRY, PIPELINE_POSTGRES_IMAGE, PIPELINE_PRODUCTION_HOST, PIPELINE_REGISTRY, PIPELINE_SANDBOX_IMAGE, PIPELINE_WATCH are set",
                "✓ Actions: workflows may use selected actions",
                "✓ Actions: a token may only read where its job says nothing else",
            ],
            await repository.ExamineAsync());
    }

    [Fact]
    public async Task Staging_has_all_that_it_needs_and_any_branch_may_come_there() =>
        Assert.Equal(["· environment staging: lets every branch deploy and read its secrets"], (await repository.ExamineAsync("staging")).Where(line => line[0] != '✓'));

    [Fact]
    public async Task What_is_missing_is_named_with_who_needs_it_and_how_to_set_it()
    {
        repository.Secrets("environments/build/secrets");
        repository.Secrets("environments/production/secrets", "PIPELINE_LEDGER", "PRODUCTION_SHOP_PAYMENT_KEY");
        repository.Secrets("environments/production-watch/secrets");
        repository.Variables("actions/variables", "PIPELINE_DEPLOY_RUNNER", "PIPELINE_REGISTRY", "PIPELINE_INSECURE_REGISTRY", "PIPELINE_WATCH", "PIPELINE_ENTRANCE", "PIPELINE_EDGE_IMAGE", "PIPELINE_SANDBOX_IMAGE");

        Assert.Equal(
            [
                "· secret DOCKER_AUTH_CONFIG: not set in environment build, environment production or the repository, so registries are asked as nobody, or as whoever the runner logged in with docker login",
                "✗ secret PIPELINE_LEDGER: not set in environment production-watch or the repository; jobs verify, watch need it; run gh secret set PIPELINE_LEDGER --env production-watch",
                "✗ secret PIPELINE_SIGNING_KEY: not set in environment build or the repository; job build needs it; run gh secret set PIPELINE_SIGNING_KEY --env build",
                "· secret PRODUCTION_DATABASE_URL: not set in environment production or the repository, so the host gets a PostgreSQL",
                "✗ secret PRODUCTION_SHOP_SMOKE_PASSWORD: not set in environment production or the repository; job production needs it; run gh secret set PRODUCTION_SHOP_SMOKE_PASSWORD --env production",
                "· variable PIPELINE_ATTEST: not set in environment build or the repository, so GitHub attests where the artifact comes from while the repository is public",
                "· variable PIPELINE_AUDIT_DATA: not set in environment build or the repository, so the audit fails where no source of packages knows of vulnerabilities",
                "✗ variable PIPELINE_BASE_IMAGE: not set in environment build, environment production, environment production-watch or the repository; jobs build, production, verify, watch need it; run gh variable set PIPELINE_BASE_IMAGE",
                "· variable PIPELINE_POSTGRES_IMAGE: not set in environment production or the repository, so what runs keeps its image; one that is to be started is made by the runner, which needs root and debootstrap: a runner of your own",
                "✗ variable PIPELINE_PRODUCTION_HOST: not set in the repository; jobs production, watch are skipped without it; run gh variable set PIPELINE_PRODUCTION_HOST",
            ],
            (await repository.ExamineAsync()).Where(line => line[0] != '✓'));
    }

    [Fact]
    public async Task The_organization_counts_and_what_decides_whether_a_job_runs_must_not_be_its_environments()
    {
        repository.Secrets("environments/build/secrets", "DOCKER_AUTH_CONFIG");
        repository.Secrets("actions/organization-secrets", "PIPELINE_SIGNING_KEY");
        repository.Variables("actions/variables", "PIPELINE_ATTEST", "PIPELINE_BASE_IMAGE", "PIPELINE_AUDIT_DATA", "PIPELINE_REGISTRY", "PIPELINE_INSECURE_REGISTRY", "PIPELINE_DEPLOY_RUNNER", "PIPELINE_WATCH", "PIPELINE_EDGE_IMAGE", "PIPELINE_ENTRANCE", "PIPELINE_POSTGRES_IMAGE", "PIPELINE_SANDBOX_IMAGE");
        repository.Variables("environments/production/variables", "PIPELINE_PRODUCTION_HOST", "ENVIRONMENT_URL");

        Assert.Equal(
            [
                "· secret PIPELINE_SIGNING_KEY: is among the secrets of the organization, where the workflows of every branch read it; run gh secret set PIPELINE_SIGNING_KEY --env build, then delete it there",
                "✗ variable PIPELINE_PRODUCTION_HOST: not set in the repository; jobs production, watch are skipped without it; run gh variable set PIPELINE_PRODUCTION_HOST",
            ],
            (await repository.ExamineAsync()).Where(line => line[0] != '✓'));
    }

    [Fact]
    public async Task An_environment_without_protection_is_a_fault()
    {
        repository.Environments(RepositoryOnGitHub.Environment("production"));

        Assert.Equal(
            [
                "✗ environment production: asks nobody for approval; tick 'Required reviewers' and name who may approve in https://github/mia/shop/settings/environments",
                "✗ environment production: lets every branch deploy and read its secrets; choose 'Selected branches and tags' and add main in https://github/mia/shop/settings/environments",
                "✗ environment production-watch: is not there, and GitHub would make it without protection when a job first names it; make it in https://github/mia/shop/settings/environments",
                "✗ environment build: is not there, and GitHub would make it without protection when a job first names it; make it in https://github/mia/shop/settings/environments",
            ],
            (await repository.ExamineAsync()).Where(line => line.Contains("environment ", StringComparison.Ordinal)).Take(4));
    }

    [Fact]
    public async Task The_signing_key_is_for_main_alone_whatever_is_deployed()
    {
        repository.Environments(RepositoryOnGitHub.Environment("staging"), RepositoryOnGitHub.Environment("build"));

        Assert.Contains(
            "✗ environment build: lets every branch deploy and read its secrets; choose 'Selected branches and tags' and add main in https://github/mia/shop/settings/environments",
            await repository.ExamineAsync("staging"));
    }

    [Theory]
    [InlineData("""[{"id":1,"name":"release"},{"id":2,"name":"main","type":"tag"}]""", "✗ environment production: lets release, tag main deploy, and not main, whose jobs then fail; add it in https://github/mia/shop/settings/environments")]
    [InlineData("""[{"id":1,"name":"release/*"}]""", "✗ environment production: lets release/* deploy, and not main, whose jobs then fail; add it in https://github/mia/shop/settings/environments")]
    [InlineData("[]", "✗ environment production: lets nothing deploy, and not main, whose jobs then fail; add it in https://github/mia/shop/settings/environments")]
    [InlineData("""[{"id":1,"name":"*"}]""", "· environment production: lets * deploy and read its secrets; only main needs to")]
    public async Task Only_main_should_come_to_production(string patterns, string line)
    {
        repository.Say("environments/production/deployment-branch-policies", $$"""{"branch_policies":{{patterns}}}""");

        Assert.Contains(line, await repository.ExamineAsync());
    }

    [Theory]
    [InlineData("""{"enabled":false}""", "✗ Actions: no workflow runs in this repository; allow them in https://github/mia/shop/settings/actions")]
    [InlineData("""{"enabled":true,"allowed_actions":"local_only"}""", "✗ Actions: workflows may use no actions from elsewhere, and ours check out with GitHub's own; allow those in https://github/mia/shop/settings/actions")]
    [InlineData("""{"enabled":true,"allowed_actions":"all"}""", "· Actions: workflows may use anybody's actions; ours need GitHub's own alone, which https://github/mia/shop/settings/actions can say")]
    public async Task What_workflows_may_do_is_named(string permissions, string line)
    {
        repository.Say("actions/permissions", permissions);

        Assert.Contains(line, await repository.ExamineAsync());
    }

    [Fact]
    public async Task What_the_token_may_not_read_is_unknown_and_no_fault()
    {
        repository.Refuse(403, "environments/production/secrets", "environments/production-watch/secrets", "actions/permissions", "actions/permissions/workflow", "environments/production/deployment-branch-policies");

        var observations = await repository.ObserveAsync();

        Assert.All(observations, observation => Assert.True(observation.Sound));
        Assert.Equal(
            [
                $"? environment production: the branches that may deploy there cannot be read: GET /api/v3/repos/mia/shop/environments/production/deployment-branch-policies {Denied}",
                $"? secrets of environment production: cannot be read, so nothing is known of DOCKER_AUTH_CONFIG, PIPELINE_LEDGER, PRODUCTION_DATABASE_URL, PRODUCTION_SHOP_PAYMENT_KEY, PRODUCTION_SHOP_SMOKE_PASSWORD, which no other place holds: GET /api/v3/repos/mia/shop/environments/production/secrets {Denied}",
                $"? secrets of environment production-watch: cannot be read, so nothing is known of PIPELINE_LEDGER, which no other place holds: GET /api/v3/repos/mia/shop/environments/production-watch/secrets {Denied}",
                $"? Actions: which workflows and actions may run cannot be read: GET /api/v3/repos/mia/shop/actions/permissions {Denied}",
                $"? Actions: what tokens may do cannot be read: GET /api/v3/repos/mia/shop/actions/permissions/workflow {Denied}",
            ],
            (await repository.ExamineAsync()).Where(line => line[0] == '?'));
    }

    [Fact]
    public async Task A_repository_without_an_organization_has_none_of_its_settings()
    {
        repository.Refuse(404, "actions/organization-secrets", "actions/organization-variables");

        Assert.All(await repository.ExamineAsync(), line => Assert.Equal('✓', line[0]));
    }

    [Fact]
    public async Task Without_a_GitHub_at_hand_one_line_says_so()
    {
        repository.Given.Remove("GITHUB_REPOSITORY");

        Assert.Equal(["? GitHub: production's settings there are not looked at: the clone has no remote origin; set GITHUB_REPOSITORY to owner/name"], await repository.ExamineAsync());
    }

    [Fact]
    public async Task A_GitHub_that_does_not_answer_is_one_line_soon()
    {
        repository.Refuse(Mishap.Hangs, "environments");
        var watch = Stopwatch.StartNew();

        Assert.Equal(
            ["? GitHub: github/mia/shop did not tell all of its settings within 0.2 s; run Doctor again later, https://www.githubstatus.com says more"],
            await repository.ExamineAsync(patience: TimeSpan.FromMilliseconds(200)));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_GitHub_that_fails_in_between_does_not_hide_what_was_seen()
    {
        repository.Environments();
        repository.Refuse(503, "actions/secrets");

        var lines = await repository.ExamineAsync();

        Assert.Equal("✗✗✗?", string.Concat(lines.Select(line => line[0])));
        Assert.Equal("? GitHub: GET /api/v3/repos/mia/shop/actions/secrets was answered with 503: \"fault 503\"; try again later; https://www.githubstatus.com says more", lines[3]);
    }

    [Fact]
    public async Task A_token_that_is_wrong_is_a_fault()
    {
        repository.Refuse(401, "environments");

        Assert.Equal(
            ["✗ GitHub: GET /api/v3/repos/mia/shop/environments was answered with 401: \"fault 401\"; the token from GITHUB_TOKEN is wrong or has ended; give another one"],
            await repository.ExamineAsync());
    }

    public ValueTask DisposeAsync() => repository.DisposeAsync();
}
