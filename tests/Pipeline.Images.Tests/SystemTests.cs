using Pipeline.Images.Recipes;
using Pipeline.Testing;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

[assembly: AssemblyFixture(typeof(DockerStage))]

namespace Pipeline.Images.Tests;

/// <summary>The images that the recipes really make, in a real engine.</summary>
public sealed class SystemTests(DockerStage stage)
{
    [Fact]
    public async Task The_base_has_the_runtime_of_this_machine_a_user_without_rights_and_nothing_of_the_day()
    {
        var engine = await LoadAsync(new DotNetRecipe(), "base:test");
        var runtimes = await RunAsync(engine, "base:test", "dotnet", "--list-runtimes");
        Assert.Contains($"Microsoft.NETCore.App {Environment.Version.ToString(3)} [/usr/share/dotnet/shared/Microsoft.NETCore.App]", runtimes, StringComparison.Ordinal);
        Assert.Contains("Microsoft.AspNetCore.App", runtimes, StringComparison.Ordinal);
        Assert.Equal("uid=1654(app) gid=1654(app) groups=1654(app)", (await RunAsync(engine, "base:test", "id", "app")).Trim());
        Assert.Equal("", await RunAsync(engine, "base:test", "sh", "-c", "find /var/log /var/lib/apt/lists /tmp /var/cache/apt -mindepth 1; cat /etc/machine-id; ls /etc/apt/sources.list /etc/ssh 2>/dev/null || true"));
        Assert.Contains("ca-certificates", await RunAsync(engine, "base:test", "dpkg-query", "--show"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_starts_as_in_the_official_image_without_any_right()
    {
        var engine = await LoadAsync(new PostgresRecipe(), "postgres:test");
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(folder.Combine("password"), "s3cret\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.Combine("table.sql"), "create table made (id int);\n", TestContext.Current.CancellationToken);
        await engine.RunAsync(
            "run", "--detach", "--name", "pg-one", "--user", "999:999", "--cap-drop", "ALL", "--read-only", "--security-opt", "no-new-privileges", "--tmpfs", "/tmp", "--tmpfs", "/run/postgresql:mode=1777",
            "--volume", "pg-one:/var/lib/postgresql/data", "--volume", $"{folder.Combine("password")}:/run/secrets/password:ro", "--volume", $"{folder.Combine("table.sql")}:/docker-entrypoint-initdb.d/1.sql:ro",
            "--env", "POSTGRES_USER=shop", "--env", "POSTGRES_DB=goods", "--env", "POSTGRES_PASSWORD_FILE=/run/secrets/password", "postgres:test");
        await ReadyAsync(engine, "pg-one");
        Assert.Equal("goods|0", await AskAsync(engine, "pg-one", "s3cret", "select current_database(), count(*) from made"));
        Assert.NotEqual(0, (await engine.TryAsync("exec", "--env", "PGPASSWORD=wrong", "pg-one", "psql", "--host", "127.0.0.1", "--username", "shop", "--dbname", "goods", "--command", "select 1")).ExitCode);
        Assert.DoesNotContain("s3cret", await engine.RunAsync("exec", "pg-one", "sh", "-c", "tr '\\0' '\\n' < /proc/1/environ"), StringComparison.Ordinal);
        await AskAsync(engine, "pg-one", "s3cret", "insert into made values (1)");
        await engine.RunAsync("restart", "pg-one");
        await ReadyAsync(engine, "pg-one");
        Assert.Equal("goods|1", await AskAsync(engine, "pg-one", "s3cret", "select current_database(), count(*) from made"));
    }

    [Fact]
    public async Task A_first_start_that_was_cut_off_is_begun_again_by_the_next()
    {
        var engine = await LoadAsync(new PostgresRecipe(), "postgres:test");
        await engine.RunAsync("run", "--rm", "--volume", "pg-two:/data", "--entrypoint", "sh", "postgres:test", "-c", "mkdir -p /data/.initialising && echo 15 > /data/PG_VERSION && chown -R 999:999 /data");
        await engine.RunAsync("run", "--detach", "--name", "pg-two", "--volume", "pg-two:/data", "--env", "PGDATA=/data", "--env", "POSTGRES_PASSWORD=s3cret", "postgres:test");
        await ReadyAsync(engine, "pg-two");
        Assert.Contains("the first start was interrupted; beginning again", await engine.RunAsync("logs", "pg-two"), StringComparison.Ordinal);
        Assert.Equal("postgres", await AskAsync(engine, "pg-two", "s3cret", "select current_user", "postgres", "postgres"));
    }

    [Theory]
    [InlineData("POSTGRES_USER=shop", "POSTGRES_PASSWORD is empty; pass POSTGRES_PASSWORD_FILE with the password of shop")]
    [InlineData("POSTGRES_PASSWORD_FILE=/not/there", "POSTGRES_PASSWORD_FILE names /not/there, which cannot be read")]
    [InlineData("PGDATA=/etc", "/etc has files in it and is no database; mount another volume, or set PGDATA to a folder inside of it")]
    public async Task A_database_that_cannot_start_says_why(string variable, string reason)
    {
        var engine = await LoadAsync(new PostgresRecipe(), "postgres:test");
        string[] variables = variable.StartsWith("PGDATA", StringComparison.Ordinal) ? ["--env", variable, "--env", "POSTGRES_PASSWORD=x"] : ["--env", variable];
        var (code, _, errors) = await engine.TryAsync(["run", "--rm", .. variables, "postgres:test"]);
        Assert.Equal(1, code);
        Assert.Contains($"docker-entrypoint: {reason}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_of_packages_upon_Debian_runs()
    {
        var engine = await LoadAsync(new NodeRecipe(), "node:test");
        Assert.StartsWith("v", await RunAsync(engine, "node:test", "node", "--version"), StringComparison.Ordinal);
        Assert.Equal("uid=1654(app) gid=1654(app) groups=1654(app)", (await RunAsync(engine, "node:test", "id", "app")).Trim());
    }

    private async Task<TestEngine> LoadAsync(IImageRecipe recipe, string name)
    {
        var image = await SystemImages.EnsureAsync(recipe);
        var engine = await stage.EngineAsync();
        await SystemImages.LoadAsync(engine, image, name);
        return engine;
    }

    private static Task<string> RunAsync(TestEngine engine, string image, params string[] command) => engine.RunAsync(["run", "--rm", "--network", "none", image, .. command]);

    private static Task ReadyAsync(TestEngine engine, string container) => Eventually.HoldsAsync(
        async () => (await engine.TryAsync("exec", container, "pg_isready", "--quiet", "--host", "127.0.0.1")).ExitCode == 0, $"{container} takes connections");

    private static async Task<string> AskAsync(TestEngine engine, string container, string password, string question, string user = "shop", string database = "goods") => (await engine.RunAsync(
        "exec", "--env", $"PGPASSWORD={password}", container, "psql", "--no-psqlrc", "--tuples-only", "--no-align", "--host", "127.0.0.1", "--username", user, "--dbname", database, "--command", question)).Trim();
}
