using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipeline.GitHub.Rehearsal.Api;

/// <summary>What GitHub was told during a rehearsal, and what it answers about it.</summary>
internal sealed class ToldThings(Shapes shapes, string approver)
{
    private static readonly string[] States = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

    private static readonly string[] Details = ["description", "environment_url", "log_url"];

    private readonly List<JsonObject> deployments = [];
    private readonly Dictionary<long, List<JsonObject>> statuses = [];
    private readonly Dictionary<string, List<JsonObject>> comments = [];
    private readonly List<string> environments = [];
    private readonly List<string> told = [];
    private long lastId = 1000;

    /// <summary>What GitHub would show now, a line each.</summary>
    internal IReadOnlyList<string> Told => [.. told];

    internal void Reach(string environment)
    {
        if (!environments.Contains(environment))
            environments.Add(environment);
    }

    internal void Note(string line) => told.Add(line);

    internal (string Scope, string Access, Func<Question, Answer> Answer)? Route(Question question) => (question.Method, question.Path) switch
    {
        ("POST", ["deployments"]) => ("deployments", "write", Deploy),
        ("GET", ["deployments"]) => ("deployments", "read", ListDeployments),
        ("GET", ["deployments", var id]) => ("deployments", "read", _ => Find(id) is { } found ? Answer.Found(found.DeepClone()) : Answer.NotFound),
        ("POST", ["deployments", var id, "statuses"]) => ("deployments", "write", asked => AddStatus(id, asked)),
        ("GET", ["deployments", var id, "statuses"]) => ("deployments", "read", _ => Find(id) is null ? Answer.NotFound : List(statuses.GetValueOrDefault(Number(id)) ?? [])),
        ("GET", ["environments"]) => ("actions", "read", _ => ListEnvironments()),
        ("GET", ["environments", var name]) => ("actions", "read", _ => environments.Contains(name) ? Answer.Found(shapes.Protected(IdOf(name), name, approver)) : Answer.NotFound),
        ("GET", ["actions", "runs", _, "approvals"]) => ("actions", "read", _ => Answer.Found(Approvals())),
        ("GET", ["actions", "runs", _, "pending_deployments"]) => ("actions", "read", _ => Answer.Found(new JsonArray())),
        ("GET", ["issues", var issue, "comments"]) => ("pull-requests", "read", _ => List(comments.GetValueOrDefault(issue) ?? [])),
        ("POST", ["issues", var issue, "comments"]) => ("pull-requests", "write", asked => Comment(issue, asked)),
        ("PATCH", ["issues", "comments", var id]) => ("pull-requests", "write", asked => Change(id, asked)),
        _ => null,
    };

    private Answer Deploy(Question question)
    {
        if (Shapes.Said(question.Body, "ref").Length == 0)
            return Answer.Unprocessable("Invalid request. \"ref\" wasn't supplied.");
        var deployment = shapes.Deployment(++lastId, question.Body);
        deployments.Insert(0, deployment);
        told.Add($"deployment {Shapes.Text(lastId)} to {deployment["environment"]}: {deployment["ref"]}{(deployment["payload"] is JsonObject { Count: > 0 } payload ? $" with {payload.ToJsonString()}" : "")}");
        return Answer.Created(deployment.DeepClone());
    }

    private Answer ListDeployments(Question question) => List(deployments.Where(deployment =>
        question.Query("environment") is not { Length: > 0 } environment || (string?)deployment["environment"] == environment));

    private Answer AddStatus(string id, Question question)
    {
        if (Find(id) is not { } deployment)
            return Answer.NotFound;
        var state = Shapes.Said(question.Body, "state");
        if (!States.Contains(state))
            return Answer.Unprocessable($"Invalid request. state '{state}' is none of {string.Join(", ", States)}.");
        var status = shapes.Status(++lastId, Number(id), (string)deployment["environment"]!, question.Body);
        if (!statuses.TryGetValue(Number(id), out var all))
            statuses[Number(id)] = all = [];
        all.Insert(0, status);
        var details = Details.Select(name => (string?)status[name]).Where(text => !string.IsNullOrEmpty(text));
        told.Add($"deployment {id} to {deployment["environment"]} is {state}{string.Concat(details.Select(text => $", {text}"))}");
        return Answer.Created(status.DeepClone());
    }

    private Answer ListEnvironments() => Answer.Found(new JsonObject
    {
        ["total_count"] = environments.Count,
        ["environments"] = new JsonArray([.. environments.Select(name => shapes.Protected(IdOf(name), name, approver))]),
    });

    private JsonArray Approvals() => environments.Count == 0
        ? []
        : [Shapes.Approval(new([.. environments.Select(name => shapes.Environment(IdOf(name), name))]), approver)];

    private Answer Comment(string issue, Question question)
    {
        var comment = shapes.Comment(++lastId, issue, Shapes.Said(question.Body, "body"));
        if (!comments.TryGetValue(issue, out var all))
            comments[issue] = all = [];
        all.Add(comment);
        told.Add($"comment {Shapes.Text(lastId)} on #{issue}: {Beginning(comment)}");
        return Answer.Created(comment.DeepClone());
    }

    private Answer Change(string id, Question question)
    {
        if (comments.Values.SelectMany(all => all).FirstOrDefault(comment => (long?)comment["id"] == Number(id)) is not { } found)
            return Answer.NotFound;
        found["body"] = Shapes.Said(question.Body, "body");
        told.Add($"comment {id} replaced: {Beginning(found)}");
        return Answer.Found(found.DeepClone());
    }

    private JsonObject? Find(string id) => deployments.FirstOrDefault(deployment => (long?)deployment["id"] == Number(id));

    private long IdOf(string environment) => environments.IndexOf(environment) + 1;

    private static Answer List(IEnumerable<JsonObject> things) => Answer.Found(new JsonArray([.. things.Select(thing => thing.DeepClone())]));

    private static long Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    // The first line of such a comment is a mark that nobody sees.
    private static string Beginning(JsonObject comment) =>
        ((string?)comment["body"] ?? "").Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && !line.StartsWith("<!--", StringComparison.Ordinal)) ?? "";
}
