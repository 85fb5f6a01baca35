using System.Text;
using Pipeline.Delivery;
using Pipeline.Testing;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>A registry that lets in those who know a password, which lies where Docker keeps it.</summary>
public sealed class CredentialTests : IDisposable
{
    private const string User = "builder";
    private const string Password = "opensesame";

    // bcrypt of the password above, as htpasswd -B writes it.
    private const string Users = $"{User}:$2b$05$AGrVlAGsZ/ihAZWnGmwcAO9XwfPsrEozGJ/GUOlnDqWjB3FgbRSUq\n";
    private static readonly RegistrySetup Closed = new() { Users = Users };
    private readonly TemporaryDirectory programs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_from_docker_login_opens_the_registry()
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        using var here = new Site();
        here.LogIn(registry.Host, User, Password);
        await AssertOpenAsync(here, registry);
    }

    [Theory]
    [InlineData("https://HOST")]
    [InlineData("http://HOST/v2/")]
    public async Task The_registry_may_be_written_as_an_address(string key)
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        using var here = new Site();
        here.LogIn(key.Replace("HOST", registry.Host, StringComparison.Ordinal), User, Password);
        await AssertOpenAsync(here, registry);
    }

    [Fact]
    public async Task What_the_variable_holds_comes_before_the_file_and_a_fault_in_it_shows_nothing_of_it()
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
        using var given = new Site(settings => settings with { DockerAuthentication = $$"""{"auths":{"{{registry.Host}}":{"auth":"{{login}}"} } }""" });
        given.LogIn(registry.Host, User, "another secret");
        await AssertOpenAsync(given, registry);

        using var broken = new Site(settings => settings with { DockerAuthentication = """{"auths": secret """ });
        Assert.Equal(
            """DOCKER_AUTH_CONFIG, which holds credentials for registries, is no JSON as in Docker's config.json (line 1); set it to {"auths":{"HOST":{"auth":"…"}}}""",
            await RefusalAsync(broken, registry));

        using var other = new Site(settings => settings with { DockerAuthentication = $$"""{"auths":{"{{registry.Host}}":{"auth":"secret"} } }""" });
        Assert.Equal(
            $"DOCKER_AUTH_CONFIG: auths, {registry.Host}: its auth is no user:password in base64; correct the variable DOCKER_AUTH_CONFIG, or unset it", await RefusalAsync(other, registry));
    }

    [Fact]
    public async Task A_helper_for_one_registry_is_asked()
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        using var here = new Site();
        var name = Helper($$"""read -r server; test "$server" = "{{registry.Host}}" || exit 3; echo '{"ServerURL":"x","Username":"{{User}}","Secret":"{{Password}}"}'""");
        here.Configure($$"""{"credHelpers":{"{{registry.Host}}":"{{name}}"} }""");
        await AssertOpenAsync(here, registry);
    }

    [Fact]
    public async Task The_store_of_all_credentials_is_asked_and_the_file_after_it()
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        using var here = new Site();
        var name = Helper("echo 'credentials not found in native keychain'; exit 1");
        here.LogIn(registry.Host, User, Password);
        var file = Path.Combine(here.Configuration, "config.json");
        here.Configure($$"""{"credsStore":"{{name}}",{{(await File.ReadAllTextAsync(file, Cancellation))[1..]}}""");
        await AssertOpenAsync(here, registry);
    }

    [Fact]
    public async Task Without_credentials_the_way_to_give_them_is_named()
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        using var here = new Site();
        Assert.Equal(
            $"registry {registry.Host} wants to know who asks, and {Path.Combine(here.Configuration, "config.json")} has no credentials for it; run docker login {registry.Host}",
            await RefusalAsync(here, registry));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_once_and_never_shown()
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        using var here = new Site();
        here.LogIn(registry.Host, User, "another secret");
        var refusal = await RefusalAsync(here, registry);
        Assert.Equal(
            $"registry {registry.Host} refuses user '{User}' from {Path.Combine(here.Configuration, "config.json")}, who wants to push to shop (401); run docker login {registry.Host} as somebody who may",
            refusal);
        Assert.DoesNotContain("another secret", refusal + string.Concat(here.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_helper_that_is_missing_is_named_with_its_place()
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        using var here = new Site();
        here.Configure("""{"credsStore":"never-there"}""");
        var refusal = await RefusalAsync(here, registry);
        Assert.StartsWith($"docker-credential-never-there, which credsStore of {Path.Combine(here.Configuration, "config.json")} names, cannot be started (", refusal, StringComparison.Ordinal);
        Assert.EndsWith("; install it, or take it out there and run docker login again", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo secret-in-output >&2; exit 7", "ended with exit code 7 when asked for HOST")]
    [InlineData("echo secret-in-output", "gave an answer for HOST that is no JSON")]
    public async Task A_helper_that_fails_is_named_and_what_it_said_is_not_shown(string script, string what)
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        using var here = new Site();
        var name = Helper(script);
        here.Configure($$"""{"credsStore":"{{name}}"}""");
        Assert.Equal(
            $"docker-credential-{name}, which credsStore of {Path.Combine(here.Configuration, "config.json")} names, {what.Replace("HOST", registry.Host, StringComparison.Ordinal)}; "
            + $"try it in a shell: echo REGISTRY | docker-credential-{name} get", await RefusalAsync(here, registry));
    }

    [Theory]
    [InlineData("{\"auths\":", "is damaged at line 1; mend it, or delete it and run docker login again")]
    [InlineData("{\"auths\":{\"HOST\":{\"auth\":\"no base64: secret\"} } }", "auths, HOST: its auth is no user:password in base64; run docker login HOST again")]
    public async Task A_damaged_file_is_named_and_nothing_of_it_is_shown(string content, string what)
    {
        await using var registry = await LoopbackRegistry.StartAsync(Closed);
        using var here = new Site();
        here.Configure(content.Replace("HOST", registry.Host, StringComparison.Ordinal));
        var refusal = await RefusalAsync(here, registry);
        Assert.EndsWith(what.Replace("HOST", registry.Host, StringComparison.Ordinal), refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
    }

    public void Dispose() => programs.Dispose();

    private static async Task AssertOpenAsync(Site here, LoopbackRegistry registry)
    {
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        Assert.True(await here.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
    }

    private static async Task<string> RefusalAsync(Site here, LoopbackRegistry registry)
    {
        var artifact = await here.BuildAsync();
        return (await Assert.ThrowsAnyAsync<DeliveryException>(() => here.PushAsync(artifact.Digest, $"{registry.Host}/shop"))).Message;
    }

    /// <summary>Puts a helper on the PATH and returns its name.</summary>
    private string Helper(string script)
    {
        var name = $"test{Guid.NewGuid():N}";
        var path = programs.Combine($"docker-credential-{name}");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{Environment.GetEnvironmentVariable("PATH")}:{programs.Path}");
        return name;
    }
}
