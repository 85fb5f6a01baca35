using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;
using Pipeline.Verification.Checks.Sessions;
using Pipeline.Verification.Http;

namespace Pipeline.Verification.Checks;

/// <summary>
/// A visitor: keeps cookies, follows redirects within the site, fills in forms. Addresses are relative to the environment. Every request
/// heeds the time-out of the check.
/// A request that gets no answer fails the check with the reason.
/// </summary>
public sealed class CheckSession : IDisposable
{
    private const int ShortestSecretCookie = 8;
    private const int MostRedirects = 10;
    private const int MostBytes = 4 * 1024 * 1024;
    private readonly CookieContainer cookies = new();
    private readonly HttpClient client;
    private readonly Redaction redaction;

    internal CheckSession(DeliveryEnvironment environment, PrivateRoute? route, Redaction redaction)
    {
        (Environment, this.redaction) = (environment, redaction);
        BaseAddress = SessionTransport.BaseAddress(environment, route);
        client = SessionTransport.Connect(route, cookies);
    }

    /// <summary>The environment that is checked.</summary>
    public DeliveryEnvironment Environment { get; }

    /// <summary>What relative addresses are relative to.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Ends when the check has to; hand it to whatever else the check awaits.</summary>
    public CancellationToken Cancellation { get; private set; }

    internal bool HasAsked { get; private set; }

    /// <summary>The last request and its answer, for people.</summary>
    internal string Last { get; private set; } = "none";

    /// <summary>
    /// Keeps a text out of every message from now on. Fields whose names tell of a secret (password, token, …) and cookies are kept out
    /// without asking.
    /// </summary>
    public void KeepSecret(string secret) => redaction.Keep(secret);

    /// <summary>GET, following redirects.</summary>
    public Task<CheckAnswer> GetAsync(string address) => FollowAsync(HttpMethod.Get, Resolve(address), content: null);

    /// <summary>POST of a value as JSON, following redirects.</summary>
    public Task<CheckAnswer> PostJsonAsync(string address, object value)
    {
        var json = JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web);
        KeepSecrets(json);
        return FollowAsync(HttpMethod.Post, Resolve(address), JsonContent.Create(json));
    }

    /// <summary>
    /// POST of fields as a form sends them, following redirects. To send a form with its hidden fields use <see cref="SubmitAsync"/>.
    /// </summary>
    public Task<CheckAnswer> PostFormAsync(string address, IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return PostAsync(Resolve(address), fields);
    }

    /// <summary>
    /// Fills in the form of a page that has all the given fields, keeps its other fields (tokens against forgery), and sends it where it
    /// says.
    /// </summary>
    /// <exception cref="CheckFailedException">No form of the page has all the fields.</exception>
    public Task<CheckAnswer> SubmitAsync(CheckAnswer page, IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(fields);
        var form = PageForms.Fill(page, fields);
        if (form.Method == HttpMethod.Post)
            return PostAsync(form.Action, form.Entries);
        var query = string.Join('&', form.Entries.Select(entry => $"{Uri.EscapeDataString(entry.Key)}={Uri.EscapeDataString(entry.Value)}"));
        return FollowAsync(HttpMethod.Get, new UriBuilder(form.Action) { Query = query }.Uri, content: null);
    }

    /// <summary>Any request, without following redirects. A relative address is made absolute.</summary>
    public async Task<CheckAnswer> SendAsync(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.RequestUri = request.RequestUri is { IsAbsoluteUri: true } absolute ? absolute : Resolve(request.RequestUri?.OriginalString ?? "");
        if (request.Headers.Authorization?.Parameter is { } credentials)
            redaction.Keep(credentials);
        HasAsked = true;
        Last = $"{request.Method} {request.RequestUri}, not answered yet";
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            var body = await BodyText.ReadAsync(response.Content, MostBytes, Cancellation);
            return Answered(request, response, body);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            var reason = RequestFailure.Describe(failure);
            Last = $"{request.Method} {request.RequestUri}: {reason}";
            throw new CheckFailedException(redaction.Apply($"{request.Method} {request.RequestUri}: expected an answer, got none: {reason}"), failure);
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    internal void Begin(CancellationToken cancellation)
    {
        Cancellation = cancellation;
        HasAsked = false;
        Last = "none";
    }

    private CheckAnswer Answered(HttpRequestMessage request, HttpResponseMessage response, string body)
    {
        foreach (var cookie in cookies.GetAllCookies().Where(cookie => cookie.Value.Length >= ShortestSecretCookie))
            redaction.Keep(cookie.Value);
        var answer = new CheckAnswer(request, response, body, redaction);
        Last = $"{request.Method} {request.RequestUri}: {answer.Summary()}";
        return answer;
    }

    private Task<CheckAnswer> PostAsync(Uri address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var entries = fields.ToArray();
        foreach (var entry in entries.Where(entry => Redaction.IsSecretName(entry.Key)))
            redaction.Keep(entry.Value);
        return FollowAsync(HttpMethod.Post, address, new FormUrlEncodedContent(entries));
    }

    /// <summary>
    /// Redirects after a POST are followed with GET, except 307 and 308 (RFC 9110, section 15.4), whose body would have to be sent again:
    /// they are shown.
    /// </summary>
    private async Task<CheckAnswer> FollowAsync(HttpMethod method, Uri address, HttpContent? content)
    {
        var answer = await AskAsync(method, address, content);
        for (var redirects = 0; answer.Header("Location") is { } location && IsFollowed(answer); redirects++)
        {
            var target = new Uri(answer.Url, location);
            if (target.Host != BaseAddress.Host || target.Port != BaseAddress.Port)
                throw answer.Failure($"to stay at {BaseAddress.Authority}", $"a redirect to {target}");
            if (redirects == MostRedirects)
                throw answer.Failure($"at most {MostRedirects} redirects", $"another to {target}");
            // The private route speaks plain HTTP even where users have HTTPS.
            answer = await AskAsync(HttpMethod.Get, new UriBuilder(target) { Scheme = BaseAddress.Scheme, Port = BaseAddress.Port }.Uri, content: null);
        }
        return answer;
    }

    private async Task<CheckAnswer> AskAsync(HttpMethod method, Uri address, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        return await SendAsync(request);
    }

    private static bool IsFollowed(CheckAnswer answer) =>
        (int)answer.Status is 301 or 302 or 303 || ((int)answer.Status is 307 or 308 && answer.Method == HttpMethod.Get);

    private Uri Resolve(string address) => new(BaseAddress, address);

    private void KeepSecrets(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
            json.EnumerateArray().ToList().ForEach(KeepSecrets);
        if (json.ValueKind != JsonValueKind.Object)
            return;
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String && Redaction.IsSecretName(property.Name))
                redaction.Keep(property.Value.GetString());
            else
                KeepSecrets(property.Value);
        }
    }
}
