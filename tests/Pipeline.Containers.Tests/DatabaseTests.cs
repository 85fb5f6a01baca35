using Npgsql;
using Pipeline.Containers.Images;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;
using Pipeline.Testing.Docker;

namespace Pipeline.Containers.Tests;

public sealed class DatabaseTests(DockerStage docker, StageImages images)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_is_made_and_every_run_on_whatever_machine_finds_it_with_its_data()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        using var first = await scene.DatabaseAsync(await scene.OpenAsync());
        var made = await first.EnsureRunningAsync(Cancellation);
        await ExecuteAsync(made.FromHere, "create table kept as select 'from the first run' as what");

        using var second = await scene.DatabaseAsync(await scene.OpenAsync());
        var found = await second.EnsureRunningAsync(Cancellation);

        Assert.Equal("from the first run", await ExecuteAsync(found.FromHere, "select what from kept"));
        Assert.Equal(made.FromInstances.Url, found.FromInstances.Url);
        Assert.Equal(["door", "keeper", "postgres"], await scene.RunningAsync());
    }

    [Fact]
    public async Task The_password_is_in_no_environment_label_or_argument_and_on_no_disk()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        using var database = await scene.DatabaseAsync(await scene.OpenAsync());
        var password = (await database.EnsureRunningAsync(Cancellation)).FromInstances.Password;

        var inspected = await scene.Engine.RunAsync("inspect", scene.Scope.Container("postgres"), scene.Scope.Keeper);
        var processes = await scene.Engine.RunAsync("top", scene.Scope.Container("postgres"), "-eo", "pid,args");
        var volumes = Path.Combine(scene.Engine.Folder, "data", "volumes");
        var (_, found, _) = await Command.TryAsync("grep", ["-rlF", password, Path.Combine(volumes, scene.Scope.Container("postgres")), Path.Combine(volumes, scene.Scope.Container("edge"))]);

        Assert.Equal(40, password.Length);
        Assert.DoesNotContain(password, inspected, StringComparison.Ordinal);
        Assert.DoesNotContain(password, processes, StringComparison.Ordinal);
        Assert.Equal("", found);
    }

    [Fact]
    public async Task When_the_host_was_started_anew_the_data_are_there_and_another_password_takes_the_place_of_the_one_that_was_in_memory()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        var stage = await scene.OpenAsync();
        using var before = await scene.DatabaseAsync(stage);
        var old = await before.EnsureRunningAsync(Cancellation);
        await ExecuteAsync(old.FromHere, "create table kept as select 1 as what");
        await scene.Engine.RunAsync("stop", scene.Scope.Keeper, scene.Scope.Container("postgres"));
        await scene.Engine.RunAsync("start", scene.Scope.Keeper, scene.Scope.Container("postgres"));

        using var after = await scene.DatabaseAsync(await scene.OpenAsync());
        var found = await after.EnsureRunningAsync(Cancellation);

        Assert.NotEqual(old.FromInstances.Password, found.FromInstances.Password);
        Assert.Equal("1", await ExecuteAsync(found.FromHere, "select what::text from kept"));
    }

    [Fact]
    public async Task A_database_that_cannot_start_is_shown_with_the_end_of_its_log()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        var stage = await scene.OpenAsync();
        var settings = await scene.SettingsAsync();
        using var database = new Databases.DatabaseContainer(stage, settings, new()
        {
            Image = await images.PostgresAsync(scene.Engine),
            Database = "shop",
            User = "65534:65534",
            ReadyTimeout = TimeSpan.FromSeconds(4),
        }, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<DeliveryException>(() => database.EnsureRunningAsync(Cancellation));

        Assert.StartsWith($"database of staging: container {scene.Scope.Container("postgres")} on unix://{scene.Engine.Socket}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("belongs to another user than 65534", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_runs_keeps_its_image_and_limits_whatever_a_run_names()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        using var first = await scene.DatabaseAsync(await scene.OpenAsync());
        await first.EnsureRunningAsync(Cancellation);
        var before = await StartOfAsync(scene);

        using var second = await scene.DatabaseAsync(await scene.OpenAsync(), settings => settings with { Image = new NoImage(), Limits = new() { Megabytes = 512 } });
        await second.EnsureRunningAsync(Cancellation);

        Assert.Equal(before, await StartOfAsync(scene));
    }

    [Fact]
    public async Task One_that_is_to_be_renewed_takes_another_image_of_its_major_version_and_keeps_data_and_password()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        using var first = await scene.DatabaseAsync(await scene.OpenAsync());
        var made = await first.EnsureRunningAsync(Cancellation);
        await ExecuteAsync(made.FromHere, "create table kept as select 1 as what");
        var other = await OtherImageAsync(scene, "LABEL test.upgraded=1");

        using var second = await scene.DatabaseAsync(await scene.OpenAsync(), settings => settings with { Image = new NamedImage(other), Renew = true });
        var found = await second.EnsureRunningAsync(Cancellation);

        Assert.Equal("1", await ExecuteAsync(found.FromHere, "select what::text from kept"));
        Assert.Equal(made.FromInstances.Url, found.FromInstances.Url);
        Assert.Equal(other, await ImageOfAsync(scene));
        Assert.Equal(["door", "keeper", "postgres"], await scene.RunningAsync());
    }

    [Fact]
    public async Task One_whose_new_image_does_not_start_is_put_back()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        using var first = await scene.DatabaseAsync(await scene.OpenAsync());
        await first.EnsureRunningAsync(Cancellation);
        var before = await ImageOfAsync(scene);
        var broken = await OtherImageAsync(scene, "ENV PGPORT=none");

        using var second = await scene.DatabaseAsync(await scene.OpenAsync(), settings => settings with { Image = new NamedImage(broken), Renew = true });
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => second.EnsureRunningAsync(Cancellation));

        Assert.Contains("invalid value for parameter \"port\": \"none\"", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("; the database before runs again", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ImageOfAsync(scene));
        using var third = await scene.DatabaseAsync(await scene.OpenAsync());
        Assert.Equal("1", await ExecuteAsync((await third.EnsureRunningAsync(Cancellation)).FromHere, "select '1'"));
    }

    [Fact]
    public async Task One_that_a_run_left_aside_as_it_was_killed_is_put_back_by_the_next()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        using var first = await scene.DatabaseAsync(await scene.OpenAsync());
        await first.EnsureRunningAsync(Cancellation);
        var name = scene.Scope.Container("postgres");
        await scene.Engine.RunAsync("rename", name, $"{name}-before");
        await scene.Engine.RunAsync("stop", $"{name}-before");

        using var second = await scene.DatabaseAsync(await scene.OpenAsync(), settings => settings with { Image = new NoImage() });
        var found = await second.EnsureRunningAsync(Cancellation);

        Assert.Equal("1", await ExecuteAsync(found.FromHere, "select '1'"));
        Assert.Equal(["door", "keeper", "postgres"], await scene.RunningAsync());
    }

    [Fact]
    public async Task An_image_of_another_major_version_than_the_data_is_refused_with_both_named()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        using var first = await scene.DatabaseAsync(await scene.OpenAsync());
        await first.EnsureRunningAsync(Cancellation);
        var name = scene.Scope.Container("postgres");
        var image = await ImageOfAsync(scene);
        await scene.Engine.RunAsync("rm", "--force", name);
        await File.WriteAllTextAsync(Path.Combine(scene.Engine.Folder, "data", "volumes", name, "_data", "PG_VERSION"), "14\n", Cancellation);

        using var second = await scene.DatabaseAsync(await scene.OpenAsync());
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => second.EnsureRunningAsync(Cancellation));

        Assert.Equal(
            $"database of staging: volume {name} on unix://{scene.Engine.Socket} holds data of PostgreSQL 14, which image {image} with PostgreSQL 15 cannot read; name an image of PostgreSQL 14, or move the data to 15 first (docs/docker.md, another PostgreSQL)",
            fault.Message);
        Assert.Equal(["door", "keeper"], await scene.RunningAsync());
    }

    [Fact]
    public async Task A_password_that_a_killed_run_wrote_and_did_not_set_is_set_by_the_next()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        using var first = await scene.DatabaseAsync(await scene.OpenAsync());
        await first.EnsureRunningAsync(Cancellation);
        var other = new string('a', 40);
        await scene.Engine.RunAsync("exec", scene.Scope.Keeper, "sh", "-c", $"printf {other} >/run/database/password");

        using var second = await scene.DatabaseAsync(await scene.OpenAsync());
        var found = await second.EnsureRunningAsync(Cancellation);

        Assert.Equal(other, found.FromInstances.Password);
        Assert.Equal("1", await ExecuteAsync(found.FromHere, "select '1'"));
    }

    private static Task<string> StartOfAsync(Scene scene) => scene.Engine.RunAsync("inspect", "--format", "{{.Id}} {{.State.StartedAt}}", scene.Scope.Container("postgres"));

    private static async Task<string> ImageOfAsync(Scene scene) => (await scene.Engine.RunAsync("inspect", "--format", "{{.Image}}", scene.Scope.Container("postgres"))).Trim();

    // The same programs as another image: what an update of its packages makes.
    private static async Task<string> OtherImageAsync(Scene scene, string change)
    {
        var copy = (await scene.Engine.RunAsync("create", await ImageOfAsync(scene))).Trim();
        var image = (await scene.Engine.RunAsync("commit", "--change", change, copy)).Trim();
        await scene.Engine.RunAsync("rm", "--volumes", copy);
        return image;
    }

    private static async Task<string?> ExecuteAsync(PostgresServer server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(Cancellation);
    }
}
