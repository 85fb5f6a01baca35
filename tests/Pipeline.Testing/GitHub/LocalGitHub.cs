using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.Testing.GitHub;

/// <summary>What goes wrong with a request.</summary>
public enum Mishap
{
    /// <summary>It is done, and its answer is lost.</summary>
    LosesAnswer,

    /// <summary>The connection breaks before anything is done.</summary>
    Breaks,

    /// <summary>It is never answered.</summary>
    Hangs,
}

/// <summary>As much of GitHub as keeps deployments with their statuses and the comments of one pull request, on a loopback port, and what can go wrong with it.</summary>
public sealed class LocalGitHub : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private readonly List<JsonObject> comments = [];
    private readonly List<JsonObject> deployments = [];
    private readonly Dictionary<long, List<JsonObject>> statuses = [];
    private readonly List<string> requests = [];
    private readonly Task serving;
    private long numbers = 1000;

    public LocalGitHub()
    {
        Address = new($"http://127.0.0.1:{LoopbackPort.Free()}/api/v3");
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        serving = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    /// <summary>What goes wrong: a <see cref="Mishap"/> or the number of a status, for a method and path; null for nothing.</summary>
    public Func<string, string, object?> GoesWrong { get; set; } = (_, _) => null;

    /// <summary>Versions whose deployments are never taken, as of a commit that was not pushed.</summary>
    public HashSet<string> NeverTaken { get; } = [];

    /// <summary>The environments that ask for approval, and who gave it to every run there; null where nobody did.</summary>
    public Dictionary<string, string?> Protected { get; } = [];

    /// <summary>What is said of the settings, as JSON, by path: <c>/repos/mia/shop/actions/secrets</c>.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>The headers of answers that go wrong.</summary>
    public Dictionary<string, string> FaultHeaders { get; } = [];

    /// <summary>All that was asked, as <c>POST /repos/…</c>.</summary>
    public IReadOnlyList<string> Requests => Locked(() => (IReadOnlyList<string>)[.. requests]);

    /// <summary>All that is known, oldest first: <c>production 1.0.0: in_progress success inactive</c>.</summary>
    public IReadOnlyList<string> Known => Locked(() => (IReadOnlyList<string>)
    [
        .. deployments.Select(deployment =>
            $"{deployment["environment"]} {deployment["payload"]!["version"]}: {string.Join(' ', statuses[(long)deployment["id"]!].Select(status => status["state"]))}".TrimEnd()),
    ]);

    /// <summary>What the comments of pull request 7 say, oldest first.</summary>
    public IReadOnlyList<string> Comments => Locked(() => (IReadOnlyList<string>)[.. comments.Select(comment => (string)comment["body"]!)]);

    /// <summary>The deployments as they are, oldest first.</summary>
    public IReadOnlyList<JsonElement> Deployments => Locked(() => (IReadOnlyList<JsonElement>)[.. deployments.Select(Copy)]);

    /// <summary>The statuses of all deployments, in the order of their coming.</summary>
    public IReadOnlyList<JsonElement> Statuses => Locked(() => (IReadOnlyList<JsonElement>)[.. statuses.Values.SelectMany(each => each).OrderBy(status => (long)status["id"]!).Select(Copy)]);

    /// <summary>Forgets a deployment, as somebody may who deletes it.</summary>
    public void Forget(long number) => Locked(() => deployments.RemoveAll(deployment => (long)deployment["id"]! == number));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Close();
        await serving;
        ending.Dispose();
    }

    private static JsonElement Copy(JsonObject node) => JsonSerializer.SerializeToElement(node);

    private T Locked<T>(Func<T> work)
    {
        lock (gate)
            return work();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!ending.IsCancellationRequested)
                _ = ServeAsync(await listener.GetContextAsync());
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        var (method, path) = (context.Request.HttpMethod, context.Request.Url!.AbsolutePath["/api/v3".Length..]);
        try
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync(ending.Token);
            Locked(() =>
            {
                requests.Add($"{method} {path}");
                return 0;
            });
            var mishap = GoesWrong(method, path);
            if (mishap is Mishap.Hangs)
                await Task.Delay(Timeout.Infinite, ending.Token);
            var (status, answer) = mishap switch
            {
                Mishap.Breaks => (0, null),
                int fault => (fault, new JsonObject { ["message"] = $"fault {fault}" }),
                _ => Locked(() => Answer(method, path, context.Request.QueryString["environment"], body)),
            };
            if (mishap is Mishap.Breaks or Mishap.LosesAnswer)
            {
                // Less than it says: whoever reads it sees the connection end.
                context.Response.ContentLength64 = 100;
                await context.Response.OutputStream.WriteAsync("{"u8.ToArray(), ending.Token);
                context.Response.Abort();
                return;
            }
            foreach (var (name, value) in mishap is int ? FaultHeaders : [])
                context.Response.Headers[name] = value;
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer), ending.Token);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is OperationCanceledException or HttpListenerException or IOException or ObjectDisposedException)
        {
            // Whoever asked is gone, or the test is over.
        }
    }

    private (int Status, JsonNode? Answer) Answer(string method, string path, string? environment, string body)
    {
        if (method == "GET" && Settings.TryGetValue(path, out var said))
            return (200, JsonNode.Parse(said));
        var parts = path.Trim('/').Split('/');
        if (method == "GET" && parts is ["repos", _, _, "environments", var name] && Protected.ContainsKey(name))
            return (200, JsonNode.Parse($$$"""{"id":1,"name":"{{{name}}}","html_url":"http://x","protection_rules":[{"id":2,"type":"required_reviewers","reviewers":[{"type":"User","reviewer":{"id":3,"login":"x"}}]}]}"""));
        if (method == "GET" && parts is ["repos", _, _, "actions", "runs", _, "approvals"])
            return (200, new JsonArray([.. Protected.Where(each => each.Value is not null).Select(each =>
                JsonNode.Parse($$"""{"state":"approved","user":{"login":"{{each.Value}}","id":3},"comment":"ship it","environments":[{"id":1,"name":"{{each.Key}}"}]}"""))]));
        if (parts is ["repos", _, _, "issues", "7", "comments"])
            return method == "POST" ? (201, Comment(body)) : (200, new JsonArray([.. comments.Select(comment => comment.DeepClone())]));
        if (method == "PATCH" && parts is ["repos", _, _, "issues", "comments", var which] && comments.Find(comment => $"{comment["id"]}" == which) is { } changed)
        {
            changed["body"] = JsonNode.Parse(body)!["body"]!.DeepClone();
            return (200, changed.DeepClone());
        }
        if (parts is not ["repos", _, _, "deployments", ..])
            return (404, new JsonObject { ["message"] = "Not Found" });
        if (parts.Length == 4 && method == "POST" && NeverTaken.Contains((string)JsonNode.Parse(body)!["payload"]!["version"]!))
            return (422, new JsonObject { ["message"] = "No ref found" });
        if (parts.Length == 4)
            return method == "POST"
                ? (201, Create(body))
                : (200, new JsonArray([.. Enumerable.Reverse(deployments).Where(each => environment is null || (string)each["environment"]! == environment).Select(each => each.DeepClone())]));
        if (!long.TryParse(parts[4], CultureInfo.InvariantCulture, out var number) || deployments.All(deployment => (long)deployment["id"]! != number))
            return (404, new JsonObject { ["message"] = "Not Found" });
        return method == "POST" ? (201, Add(number, body)) : (200, new JsonArray([.. Enumerable.Reverse(statuses[number]).Select(status => status.DeepClone())]));
    }

    private JsonNode Comment(string body)
    {
        var comment = Numbered(body);
        comment["html_url"] = $"http://x/pull/7#issuecomment-{comment["id"]}";
        comment["updated_at"] = comment["created_at"]!.DeepClone();
        comment["user"] = new JsonObject { ["id"] = 1, ["login"] = "github-actions[bot]" };
        comments.Add(comment);
        return comment.DeepClone();
    }

    private JsonNode Create(string body)
    {
        var deployment = Numbered(body);
        deployment["sha"] = deployment["ref"]!.DeepClone();
        // As GitHub answers where nothing was said.
        if (!deployment.ContainsKey("description"))
            deployment["description"] = null;
        statuses[numbers] = [];
        deployments.Add(deployment);
        return deployment.DeepClone();
    }

    private JsonNode Add(long number, string body)
    {
        var status = Numbered(body);
        statuses[number].Add(status);
        return status.DeepClone();
    }

    private JsonObject Numbered(string body)
    {
        var node = JsonNode.Parse(body)!.AsObject();
        node["id"] = ++numbers;
        node["created_at"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return node;
    }
}
