using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace Pipeline.GitHub.Rest.Transport;

/// <summary>Requests to GitHub's REST interface, and what their answers mean.</summary>
internal sealed class GitHubConnection
{
    private const string Version = "2022-11-28";

    private const int MostKnown = 1000;

    private readonly HttpClient http;
    private readonly GitHubOptions options;
    private readonly IGitHubToken token;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline<Answer> safely;
    private readonly ResiliencePipeline<Answer> once;
    private readonly ConcurrentDictionary<Uri, Answer> known = new();

    public GitHubConnection(HttpClient http, GitHubOptions options, IGitHubToken token, TimeProvider time)
    {
        (this.http, this.options, this.token, this.time) = (http, options, token, time);
        (safely, once) = (Pipeline(Repeating.IsSafe), Pipeline(Repeating.WouldDouble));
    }

    /// <summary>Reads one thing. What has not changed since is not sent again, and does not count against the limit.</summary>
    public async Task<T> ReadAsync<T>(string path, CancellationToken cancellation) =>
        Parse<T>($"GET {path}", await ExchangeAsync(HttpMethod.Get, Address(path), null, Repeating.IsSafe, cancellation));

    /// <summary>As <see cref="ReadAsync"/>, with null where it is not there.</summary>
    public async Task<T?> FindAsync<T>(string path, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await ReadAsync<T>(path, cancellation);
        }
        catch (GitHubException missing) when (missing.Fault == GitHubFault.NotFound)
        {
            return null;
        }
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string path, object body, Repeating repeating, CancellationToken cancellation) =>
        Parse<T>($"{method} {path}", await ExchangeAsync(method, Address(path), body, repeating, cancellation));

    public Task SendAsync(HttpMethod method, string path, object? body, Repeating repeating, CancellationToken cancellation) =>
        ExchangeAsync(method, Address(path), body, repeating, cancellation);

    /// <summary>Reads all pages of a list, one after the other as they are needed.</summary>
    /// <param name="path">The first page.</param>
    /// <param name="items">The items of a page.</param>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<TItem> ListAsync<TPage, TItem>(string path, Func<TPage, IReadOnlyList<TItem>> items, [EnumeratorCancellation] CancellationToken cancellation)
    {
        HashSet<Uri> seen = [];
        for (Uri? next = Address(path); next is not null && seen.Add(next);)
        {
            var answer = await ExchangeAsync(HttpMethod.Get, next, null, Repeating.IsSafe, cancellation);
            foreach (var item in items(Parse<TPage>($"GET {path}", answer)))
                yield return item;
            next = Next(answer, path);
        }
    }

    private Uri? Next(Answer answer, string path)
    {
        if (PageLinks.Next(answer.Header("link")) is not { } text)
            return null;
        // The token goes to nobody else.
        return Uri.TryCreate(options.Api, text, out var next) && next.GetLeftPart(UriPartial.Authority) == options.Api.GetLeftPart(UriPartial.Authority)
            ? next
            : throw new GitHubException(GitHubFault.Unexpected, $"GET {path} names '{text}' as its next page, which is not at {options.Api.GetLeftPart(UriPartial.Authority)}; look whether GITHUB_API_URL is the address that GitHub knows itself by");
    }

    private Uri Address(string path) => new($"{options.Api.AbsoluteUri.TrimEnd('/')}/{path}");

    private async Task<Answer> ExchangeAsync(HttpMethod method, Uri address, object? body, Repeating repeating, CancellationToken cancellation)
    {
        var request = $"{method} {address.AbsolutePath}";
        var answer = await (repeating == Repeating.IsSafe ? safely : once).ExecuteAsync(
            async within => await TryAsync(method, address, body, within), cancellation);
        if (RateLimit.Wait(answer, time.GetUtcNow()) is { } wait)
            throw Refusal.Limited(request, answer, time.GetUtcNow() + wait);
        return answer.IsSuccess ? answer : throw Refusal.Describe(request, token.Origin, answer);
    }

    private async Task<Answer> TryAsync(HttpMethod method, Uri address, object? body, CancellationToken cancellation)
    {
        var next = address;
        for (var times = 0; times <= Redirect.Most; times++)
        {
            var answer = await AskAsync(method, next, body, cancellation);
            if (Redirect.Follow(method, next, answer) is not { } elsewhere)
                return answer;
            next = elsewhere;
        }
        throw new GitHubException(GitHubFault.Unexpected, $"{method} {address.AbsolutePath} was sent on more than {Redirect.Most} times, at last to {next.AbsolutePath}; look whether the repository is where its name says");
    }

    private async Task<Answer> AskAsync(HttpMethod method, Uri address, object? body, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(method, address);
        message.Headers.Authorization = new("Bearer", await token.ReadAsync(cancellation));
        message.Headers.Accept.Add(new("application/vnd.github+json"));
        message.Headers.Accept.Add(new("application/json", 0.9));
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("Pipeline", "1"));
        message.Headers.Add("X-GitHub-Api-Version", Version);
        var before = method == HttpMethod.Get ? known.GetValueOrDefault(address) : null;
        if (before is not null)
            message.Headers.TryAddWithoutValidation("If-None-Match", before.Header("etag"));
        if (body is not null)
            message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, GitHubJson.Options)) { Headers = { ContentType = new("application/json") } };
        var answer = await SendAsync(message, cancellation);
        if (before is not null && answer.Status == HttpStatusCode.NotModified)
            return before;
        if (method == HttpMethod.Get && answer is { IsSuccess: true } && answer.Header("etag") is not null)
            Remember(address, answer);
        return answer;
    }

    private void Remember(Uri address, Answer answer)
    {
        // A run looks at the same few things again and again; whoever reads through thousands reads each once.
        if (known.Count >= MostKnown)
            known.Clear();
        known[address] = answer;
    }

    private async Task<Answer> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        var request = $"{message.Method} {message.RequestUri!.AbsolutePath}";
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await Answer.ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException cause) when (!cancellation.IsCancellationRequested)
        {
            throw new GitHubException(GitHubFault.Unavailable, $"{request} was not answered within {options.Timeout.TotalSeconds:0.###} s by {options.Api.Authority}; try again later", cause);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            throw new GitHubException(GitHubFault.Unavailable, $"{request} did not reach {options.Api.Authority}, or its answer broke off: {cause.Message}; look at the network, and try again", cause);
        }
    }

    private ResiliencePipeline<Answer> Pipeline(Repeating repeating)
    {
        var builder = new ResiliencePipelineBuilder<Answer> { TimeProvider = time };
        if (options.Retries == 0)
            return builder.Build();
        return builder.AddRetry(new RetryStrategyOptions<Answer>
        {
            MaxRetryAttempts = options.Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.Pause,
            ShouldHandle = arguments => ValueTask.FromResult(CanBeRepeated(arguments.Outcome, repeating)),
            // Null leaves the pause to the backoff.
            DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } answer ? RateLimit.Wait(answer, time.GetUtcNow()) ?? RateLimit.Asked(answer, time.GetUtcNow()) : null),
        }).Build();
    }

    private bool CanBeRepeated(Outcome<Answer> outcome, Repeating repeating)
    {
        var now = time.GetUtcNow();
        if (outcome.Result is { } answer && RateLimit.Wait(answer, now) is { } wait)
            return wait <= options.LongestWait;
        if (outcome.Result is { } busy && RateLimit.Asked(busy, now) > options.LongestWait)
            return false;
        var failed = outcome.Result is { Status: >= HttpStatusCode.InternalServerError } || outcome.Exception is GitHubException { Fault: GitHubFault.Unavailable };
        return failed && repeating == Repeating.IsSafe;
    }

    private static T Parse<T>(string request, Answer answer)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(answer.Body, GitHubJson.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException wrong)
        {
            throw new GitHubException(GitHubFault.Unexpected, $"{request} was answered with what GitHub's description does not say: {wrong.Message}; look whether GITHUB_API_URL is GitHub's interface", wrong);
        }
    }
}
