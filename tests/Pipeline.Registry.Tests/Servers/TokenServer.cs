using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Pipeline.Testing;

namespace Pipeline.Registry.Tests.Servers;

/// <summary>A token server as registries have one, https://distribution.github.io/distribution/spec/auth/jwt: it knows two users, and signs what they may do.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    public const string Builder = "builder";
    public const string Reader = "reader";
    public const string Password = "open sesame: to all";
    public const string RefreshToken = "a token that was given at login";
    private readonly TemporaryDirectory folder = new();
    private readonly WebApplication application;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;

    private TokenServer()
    {
        var request = new CertificateRequest("CN=tokens of tests", key, HashAlgorithmName.SHA256);
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        application = builder.Build();
        application.Run(AnswerAsync);
    }

    /// <summary>What was asked for: <c>user scope scope</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public string CertificateFile => folder.Combine("root.pem");

    public string Realm => $"{application.Urls.Single()}/token";

    public static async Task<TokenServer> StartAsync()
    {
        var server = new TokenServer();
        await server.application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        certificate.Dispose();
        key.Dispose();
        folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var form = context.Request.Method == "POST" ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        var user = form is not null ? (form["refresh_token"] == RefreshToken ? Builder : null) : UserOf(context.Request.Headers.Authorization.ToString());
        var scopes = form is not null ? form["scope"].ToString().Split(' ') : [.. context.Request.Query["scope"].Select(scope => scope!)];
        Asked.Enqueue($"{user ?? "nobody"} {string.Join(' ', scopes)}");
        if (user is null)
        {
            context.Response.StatusCode = 401;
            return;
        }
        await context.Response.WriteAsJsonAsync(new { token = Sign(user, scopes), expires_in = 300 }, context.RequestAborted);
    }

    private static string? UserOf(string authorization)
    {
        if (authorization.Length == 0)
            return "anonymous";
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(authorization["Basic ".Length..])).Split(':', 2);
        return pair[0] is Builder or Reader && pair[1] == Password ? pair[0] : null;
    }

    private string Sign(string user, string[] scopes)
    {
        var access = scopes.Select(scope => scope.Split(':')).Where(parts => parts.Length == 3).Select(parts => new
        {
            type = parts[0],
            name = parts[1],
            actions = parts[2].Split(',').Where(action => user == Builder || (user == Reader && action == "pull")).ToArray(),
        });
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = JsonSerializer.SerializeToUtf8Bytes(new { typ = "JWT", alg = "ES256", x5c = new[] { Convert.ToBase64String(certificate.RawData) } });
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { iss = "tests", sub = user, aud = "tests", exp = now + 300, nbf = now - 10, iat = now, jti = Guid.NewGuid(), access });
        var text = $"{Url(header)}.{Url(claims)}";
        return $"{text}.{Url(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
