using Npgsql;
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

    private static async Task<string?> ExecuteAsync(PostgresServer server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(Cancellation);
    }
}
