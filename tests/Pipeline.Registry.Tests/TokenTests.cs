using System.Net;
using Pipeline.Artifacts.Registry;
using Pipeline.Registry.Tests.Servers;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>A registry that lets in those who bring a token for what they want to do.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task A_token_is_asked_for_once_for_each_thing_to_do()
    {
        await using var tokens = await TokenServer.StartAsync();
        await using var registry = await StartAsync(tokens);
        using var here = new Site();
        here.LogIn(registry.Host, TokenServer.Builder, TokenServer.Password);
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/team/shop");
        await here.PushAsync(artifact.Digest, $"{registry.Host}/team/shop");
        Assert.True(await here.HasAsync(artifact.Digest, $"{registry.Host}/team/shop"));
        Assert.Equal(["builder repository:team/shop:pull,push", "builder repository:team/shop:pull"], tokens.Asked);
    }

    [Fact]
    public async Task Taking_blobs_from_another_repository_asks_for_the_right_to_read_there()
    {
        await using var tokens = await TokenServer.StartAsync();
        await using var registry = await StartAsync(tokens);
        using var here = new Site();
        here.LogIn(registry.Host, TokenServer.Builder, TokenServer.Password);
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/base");
        var pushed = await here.PushAsync(artifact.Digest, $"{registry.Host}/shop", new PushSettings { MountFrom = ["base"] });
        Assert.Equal(2, pushed.BlobsMounted);
        Assert.Contains("builder repository:shop:pull,push repository:base:pull", tokens.Asked);
    }

    [Fact]
    public async Task A_token_given_at_login_is_exchanged()
    {
        await using var tokens = await TokenServer.StartAsync();
        await using var registry = await StartAsync(tokens);
        using var here = new Site();
        here.Configure($$"""{"auths":{"{{registry.Host}}":{"auth":"MDAwOg==","identitytoken":"{{TokenServer.RefreshToken}}"} } }""");
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        Assert.Equal(["builder repository:shop:pull,push"], tokens.Asked);
    }

    [Fact]
    public async Task Who_may_read_can_pull_and_is_told_that_he_may_not_push()
    {
        await using var tokens = await TokenServer.StartAsync();
        await using var registry = await StartAsync(tokens);
        using var builder = new Site();
        using var reader = new Site();
        builder.LogIn(registry.Host, TokenServer.Builder, TokenServer.Password);
        reader.LogIn(registry.Host, TokenServer.Reader, TokenServer.Password);
        var artifact = await builder.BuildAsync();
        await builder.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        await reader.PullAsync($"{registry.Host}/shop@{artifact.Digest}");
        Assert.True(await reader.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
        var other = await reader.BuildAsync(version: "2.0.0");
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => reader.PushAsync(other.Digest, $"{registry.Host}/shop"));
        Assert.Equal(
            $"registry {registry.Host} refuses user 'reader' from {Path.Combine(reader.Configuration, "config.json")}, who wants to push to shop (401 insufficient_scope); run docker login {registry.Host} as somebody who may",
            refusal.Message);
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.Status);
    }

    [Fact]
    public async Task A_password_that_the_token_server_refuses_is_named()
    {
        await using var tokens = await TokenServer.StartAsync();
        await using var registry = await StartAsync(tokens);
        using var here = new Site();
        here.LogIn(registry.Host, TokenServer.Builder, "wrong");
        var artifact = await here.BuildAsync();
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PushAsync(artifact.Digest, $"{registry.Host}/shop"));
        Assert.Equal(
            $"token server 127.0.0.1 of registry {registry.Host} refuses user 'builder' from {Path.Combine(here.Configuration, "config.json")} (401); run docker login {registry.Host}", refusal.Message);
    }

    [Fact]
    public async Task A_token_that_ended_on_its_way_is_replaced()
    {
        await using var tokens = await TokenServer.StartAsync();
        await using var registry = await StartAsync(tokens);
        await using var front = await Front.OfAsync(registry.Host);
        var ended = "";
        front.Behave = async (context, pass) =>
        {
            if (ended.Length > 0 && context.Request.Headers.Authorization == ended)
                context.Request.Headers.Authorization = "";
            else if (ended.Length == 0 && context.Request.Path.Value!.Contains("/blobs/uploads/", StringComparison.Ordinal))
                ended = context.Request.Headers.Authorization.ToString();
            await pass();
        };
        using var here = new Site();
        here.LogIn(front.Host, TokenServer.Builder, TokenServer.Password);
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{front.Host}/shop");
        Assert.True(tokens.Asked.Count > 1);
    }

    [Fact]
    public async Task A_password_does_not_go_to_a_token_server_over_http_in_the_open()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        front.Behave = (context, _) =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"http://tokens.example.com/token\",service=\"x\"";
            return Task.CompletedTask;
        };
        using var here = new Site();
        here.LogIn(front.Host, "somebody", "secret");
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PullAsync($"{front.Host}/shop:1"));
        Assert.Equal(
            $"registry {front.Host} asks for a token of http://tokens.example.com/token, where the password would travel unencrypted; give the token server a certificate, or name tokens.example.com insecure",
            refusal.Message);
    }

    private static Task<LoopbackRegistry> StartAsync(TokenServer tokens) =>
        LoopbackRegistry.StartAsync(new RegistrySetup { TokenRealm = tokens.Realm, TokenCertificate = tokens.CertificateFile });
}
