using Build.Diagnosis;
using Build.Diagnosis.OnGitHub;
using Build.Environments;
using Pipeline.Applications;
using Pipeline.Applications.Telling;
using Pipeline.Testing;
using Pipeline.Testing.GitHub;

namespace Build.Tests.Diagnosis;

/// <summary>A repository on a local GitHub that has all settings as docs/github.md says, and what Doctor sees of it.</summary>
internal sealed class RepositoryOnGitHub : IAsyncDisposable
{
    private const string At = "/repos/mia/shop";

    private readonly TemporaryDirectory folder = new();

    public RepositoryOnGitHub()
    {
        const string Guarded = """ "deployment_branch_policy":{"protected_branches":false,"custom_branch_policies":true}""";
        const string Asks = """ "protection_rules":[{"id":2,"type":"required_reviewers","prevent_self_review":true,"reviewers":[{"type":"User","reviewer":{"id":3,"login":"mia"}}]}]""";
        Environments(Environment("staging"), Environment("Production", Asks, Guarded), Environment("production-watch", Guarded), Environment("build", Guarded));
        foreach (var name in new[] { "production", "production-watch", "build" })
            Say($"environments/{name}/deployment-branch-policies", """{"branch_policies":[{"id":1,"name":"main"}]}""");
        Secrets("actions/secrets");
        Secrets("environments/build/secrets", "PIPELINE_SIGNING_KEY", "DOCKER_AUTH_CONFIG");
        Secrets("actions/organization-secrets");
        Secrets("environments/staging/secrets", "PIPELINE_LEDGER", "STAGING_DATABASE_URL", "STAGING_SHOP_PAYMENT_KEY", "STAGING_SHOP_SMOKE_PASSWORD", "DOCKER_AUTH_CONFIG");
        Secrets("environments/production/secrets", "PIPELINE_LEDGER", "PRODUCTION_DATABASE_URL", "PRODUCTION_SHOP_PAYMENT_KEY", "PRODUCTION_SHOP_SMOKE_PASSWORD", "DOCKER_AUTH_CONFIG");
        Secrets("environments/production-watch/secrets", "PIPELINE_LEDGER");
        Variables(
            "actions/variables", "PIPELINE_STAGING_HOST", "PIPELINE_PRODUCTION_HOST", "PIPELINE_BASE_IMAGE", "PIPELINE_REGISTRY", "PIPELINE_INSECURE_REGISTRY", "PIPELINE_DEPLOY_RUNNER",
            "PIPELINE_WATCH", "PIPELINE_AUDIT_DATA", "PIPELINE_ATTEST", "PIPELINE_EDGE_IMAGE", "PIPELINE_ENTRANCE", "PIPELINE_POSTGRES_IMAGE", "PIPELINE_SANDBOX_IMAGE");
        Variables("actions/organization-variables");
        foreach (var name in new[] { "staging", "production" })
            Variables($"environments/{name}/variables", "ENVIRONMENT_URL");
        foreach (var name in new[] { "production-watch", "build" })
            Variables($"environments/{name}/variables");
        Say("actions/permissions", """{"enabled":true,"allowed_actions":"selected"}""");
        Say("actions/permissions/workflow", """{"default_workflow_permissions":"read","can_approve_pull_request_reviews":false}""");
    }

    public LocalGitHub GitHub { get; } = new();

    /// <summary>What the process is told; no token, no GitHub.</summary>
    public Dictionary<string, string> Given { get; } = new() { ["PATH"] = "", ["GITHUB_REPOSITORY"] = "mia/shop", ["GITHUB_TOKEN"] = "a-token" };

    public static string Environment(string name, params string[] more) => $$"""{"id":1,"name":"{{name}}","html_url":"http://x"{{string.Concat(more.Select(each => $",{each}"))}}}""";

    public void Environments(params string[] environments) => Say("environments", $$"""{"total_count":1,"environments":[{{string.Join(',', environments)}}]}""");

    public void Secrets(string place, params string[] names) =>
        Say(place, $$"""{"secrets":[{{string.Join(',', names.Select(name => $$"""{"name":"{{name}}","created_at":"2026-11-20T10:00:00Z","updated_at":"2026-11-20T10:00:00Z"}"""))}}]}""");

    public void Variables(string place, params string[] names) => Say(place, $$"""{"variables":[{{string.Join(',', names.Select(name => $$"""{"name":"{{name}}","value":"1"}"""))}}]}""");

    public void Say(string place, string json) => GitHub.Settings[$"{At}/{place}"] = json;

    /// <summary>Answers with a status where it is asked for these places.</summary>
    public void Refuse(object mishap, params string[] places) => GitHub.GoesWrong = (_, path) => places.Any(place => path == $"{At}/{place}") ? mishap : null;

    /// <summary>What Doctor sees, a line each as it shows them.</summary>
    public async Task<IReadOnlyList<string>> ExamineAsync(string environment = Production.Name, TimeSpan? patience = null) =>
        [.. (await ObserveAsync(environment, patience)).Select(observation => $"{observation.Mark} {observation.Subject}: {observation.Detail.Replace(GitHub.Address.Authority, "github", StringComparison.Ordinal)}")];

    public async Task<IReadOnlyList<Observation>> ObserveAsync(string environment = Production.Name, TimeSpan? patience = null)
    {
        Given["GITHUB_SERVER_URL"] = $"http://{GitHub.Address.Authority}";
        Given["GITHUB_API_URL"] = GitHub.Address.ToString();
        using var house = new GitHubHouse(new StatePaths(folder.Path), Given.GetValueOrDefault, _ => { }, TimeProvider.System);
        var defined = environment == Production.Name ? Production.Define(18082, TimeSpan.FromSeconds(1)) : Staging.Define(18081, TimeSpan.FromSeconds(1));
        return await new GitHubSettingsExamination(defined, house, TimeProvider.System) { Patience = patience ?? TimeSpan.FromSeconds(30) }.ExamineAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        await GitHub.DisposeAsync();
    }
}
