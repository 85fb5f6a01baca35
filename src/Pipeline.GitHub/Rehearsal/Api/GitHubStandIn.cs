using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.GitHub.Rehearsal.Reading;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Rehearsal.Api;

/// <summary>
/// GitHub's interface during a rehearsal, on this machine only: keeps what it is told, and lets a token do what its job declares.
/// </summary>
internal sealed class GitHubStandIn : IAsyncDisposable
{
    private const int Tries = 20;

    private readonly HttpListener listener;
    private readonly Lock gate = new();
    private readonly ToldThings things;
    private readonly string repository;
    private readonly Dictionary<string, TokenPermissions> tokens = [];
    private readonly Task serving;

    private GitHubStandIn(HttpListener listener, Uri address, RepositoryName name, string approver, TimeProvider time)
    {
        (this.listener, Address, repository) = (listener, address, $"/repos/{name}/");
        things = new(new($"{address}repos/{name}", $"https://github.com/{name}", time), approver);
        serving = ServeAsync();
    }

    internal Uri Address { get; }

    /// <summary>What GitHub was told, a line each.</summary>
    internal IReadOnlyList<string> Told
    {
        get
        {
            lock (gate)
                return things.Told;
        }
    }

    internal static GitHubStandIn Start(RepositoryName name, string approver, TimeProvider time)
    {
        for (var left = Tries; ; left--)
        {
            var address = new Uri($"http://127.0.0.1:{FreePort()}/");
#pragma warning disable CA2000 // The stand-in owns it from here on.
            if (Listen(address, left > 0) is { } listener)
#pragma warning restore CA2000
                return new(listener, address, name, approver, time);
        }
    }

    /// <summary>Lets a token do what its job declares, from now on.</summary>
    internal void Admit(string token, TokenPermissions permissions)
    {
        lock (gate)
            tokens[token] = permissions;
    }

    /// <summary>A job got to an environment: whoever protects it is taken to have approved.</summary>
    internal void Reach(string environment)
    {
        lock (gate)
            things.Reach(environment);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    // Somebody else may take the port in between; the next one is another.
    private static HttpListener? Listen(Uri address, bool mayFail)
    {
        var listener = new HttpListener();
        try
        {
            listener.Prefixes.Add(address.ToString());
            listener.Start();
            return listener;
        }
        catch (HttpListenerException) when (mayFail)
        {
            listener.Close();
            return null;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            try
            {
                await AnswerAsync(context);
            }
            catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
            {
                // Who asked did not wait for the answer.
                continue;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var answer = Decide(context.Request, await reader.ReadToEndAsync());
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body?.ToJsonString() ?? ""));
        context.Response.Close();
    }

    private Answer Decide(HttpListenerRequest request, string body)
    {
        lock (gate)
        {
            var words = (request.Headers["Authorization"] ?? "").Split(' ', 2);
            if (words.Length < 2 || !tokens.TryGetValue(words[1], out var permissions))
                return Answer.BadCredentials;
            if (Read(request, body) is not { } question)
                return Answer.Unprocessable("Problems parsing JSON");
            if (things.Route(question) is not { } route)
            {
                things.Note($"not answered: {request.HttpMethod} {request.Url!.PathAndQuery}, which the stand-in does not know");
                return Answer.NotFound;
            }
            return Allows(permissions, route.Scope, route.Access) ? route.Answer(question) : Refuse(request, route.Scope, route.Access);
        }
    }

    // Comments on a pull request may be written with either permission.
    private static bool Allows(TokenPermissions permissions, string scope, string access) =>
        permissions.Allows(scope, access) || (scope == "pull-requests" && permissions.Allows("issues", access));

    private Answer Refuse(HttpListenerRequest request, string scope, string access)
    {
        things.Note($"refused: {request.HttpMethod} {request.Url!.AbsolutePath}; the job does not declare the permission {scope}: {access}");
        return Answer.NotAccessible;
    }

    private Question? Read(HttpListenerRequest request, string body)
    {
        var path = request.Url!.AbsolutePath;
        var parts = path.StartsWith(repository, StringComparison.OrdinalIgnoreCase) ? path[repository.Length..].Split('/').Select(Uri.UnescapeDataString).ToArray() : [];
        try
        {
            return new(request.HttpMethod, parts, name => request.QueryString[name] ?? "", body.Length == 0 ? [] : JsonNode.Parse(body) as JsonObject ?? []);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
