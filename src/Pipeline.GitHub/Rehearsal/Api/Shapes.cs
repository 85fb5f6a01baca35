using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipeline.GitHub.Rehearsal.Api;

/// <summary>Things in the shapes of GitHub's REST interface: https://docs.github.com/rest.</summary>
/// <param name="repository">The address of the repository within the interface.</param>
/// <param name="page">The address of the repository for people.</param>
/// <param name="time">The clock.</param>
internal sealed class Shapes(string repository, string page, TimeProvider time)
{
    internal const string Bot = "github-actions[bot]";

    private static readonly string[] OptionalAddresses = ["log_url", "environment_url"];

    private static readonly string[] PagesOfUser =
    [
        "avatar_url", "events_url", "followers_url", "following_url", "gists_url", "html_url", "organizations_url", "received_events_url", "repos_url", "starred_url", "subscriptions_url", "url",
    ];

    internal static JsonObject User(string login)
    {
        var user = new JsonObject { ["login"] = login, ["id"] = 1, ["node_id"] = "U_1", ["gravatar_id"] = "", ["type"] = login == Bot ? "Bot" : "User", ["site_admin"] = false };
        foreach (var name in PagesOfUser)
            user[name] = $"https://github.com/{Uri.EscapeDataString(login)}";
        return user;
    }

    internal JsonObject Deployment(long id, JsonObject asked) => Dated(id, new()
    {
        ["url"] = $"{repository}/deployments/{Text(id)}",
        ["sha"] = Said(asked, "ref"),
        ["ref"] = Said(asked, "ref"),
        ["task"] = Said(asked, "task") is { Length: > 0 } task ? task : "deploy",
        ["payload"] = asked["payload"]?.DeepClone() ?? new JsonObject(),
        ["environment"] = Said(asked, "environment") is { Length: > 0 } environment ? environment : "production",
        ["original_environment"] = Said(asked, "environment") is { Length: > 0 } original ? original : "production",
        ["description"] = asked["description"]?.DeepClone(),
        ["creator"] = User(Bot),
        ["statuses_url"] = $"{repository}/deployments/{Text(id)}/statuses",
        ["repository_url"] = repository,
        ["transient_environment"] = asked["transient_environment"]?.DeepClone() ?? false,
        ["production_environment"] = asked["production_environment"]?.DeepClone() ?? false,
    });

    internal JsonObject Status(long id, long deployment, string environment, JsonObject asked)
    {
        var status = Dated(id, new()
        {
            ["url"] = $"{repository}/deployments/{Text(deployment)}/statuses/{Text(id)}",
            ["state"] = Said(asked, "state"),
            ["creator"] = User(Bot),
            ["description"] = Said(asked, "description"),
            ["environment"] = Said(asked, "environment") is { Length: > 0 } other ? other : environment,
            ["target_url"] = Said(asked, "log_url") is { Length: > 0 } log ? log : $"{page}/deployments",
            ["deployment_url"] = $"{repository}/deployments/{Text(deployment)}",
            ["repository_url"] = repository,
        });
        foreach (var name in OptionalAddresses.Where(name => Said(asked, name).Length > 0))
            status[name] = Said(asked, name);
        return status;
    }

    internal JsonObject Environment(long id, string name) => Dated(id, new()
    {
        ["name"] = name,
        ["url"] = $"{repository}/environments/{Uri.EscapeDataString(name)}",
        ["html_url"] = $"{page}/deployments/activity_log?environments_filter={Uri.EscapeDataString(name)}",
    });

    internal JsonObject Protected(long id, string name, string reviewer)
    {
        var environment = Environment(id, name);
        environment["protection_rules"] = new JsonArray(new JsonObject
        {
            ["id"] = id,
            ["node_id"] = $"GA_{Text(id)}",
            ["type"] = "required_reviewers",
            ["prevent_self_review"] = false,
            ["reviewers"] = new JsonArray(new JsonObject { ["type"] = "User", ["reviewer"] = User(reviewer) }),
        });
        environment["deployment_branch_policy"] = null;
        return environment;
    }

    internal static JsonObject Approval(JsonArray environments, string by) => new()
    {
        ["environments"] = environments,
        ["state"] = "approved",
        ["user"] = User(by),
        ["comment"] = "taken as approved in a rehearsal",
    };

    internal JsonObject Comment(long id, string issue, string body) => Dated(id, new()
    {
        ["url"] = $"{repository}/issues/comments/{Text(id)}",
        ["html_url"] = $"{page}/issues/{issue}#issuecomment-{Text(id)}",
        ["issue_url"] = $"{repository}/issues/{issue}",
        ["author_association"] = "CONTRIBUTOR",
        ["user"] = User(Bot),
        ["body"] = body,
    });

    internal static string Said(JsonObject asked, string name) => asked[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    internal static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private JsonObject Dated(long id, JsonObject thing)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        thing["id"] = id;
        thing["node_id"] = $"RE_{Text(id)}";
        thing["created_at"] = now;
        thing["updated_at"] = now;
        return thing;
    }
}
