using System.Net;
using System.Net.Sockets;
using Pipeline.Delivery;
using Pipeline.Postgres.Embedded;
using Pipeline.Testing;

namespace Pipeline.Postgres.Tests.Embedded;

public sealed class ServerLifeTests : IAsyncLifetime
{
    private readonly ServerStage stage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_given_port_that_is_taken_is_named_with_its_holder()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => stage.Server("one", new EmbeddedPostgresSettings { Port = port }).EnsureRunningAsync(Cancellation));

        Assert.StartsWith(
            $"{stage.DirectoryOf("one")}: port {port} is taken by process {System.Environment.ProcessId} (", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("); end that program or give the database another port", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_port_that_is_taken_by_now_is_chosen_anew()
    {
        var server = await stage.StartWithDataAsync();
        await stage.Server("one").StopAsync(Cancellation);
        using var thief = new TcpListener(IPAddress.Loopback, server.Port);
        thief.Start();

        var again = await stage.Server("one").EnsureRunningAsync(Cancellation);

        Assert.NotEqual(server.Port, again.Port);
        Assert.Equal(42, await ServerStage.AskAsync(again, "select value from kept"));
    }

    [Fact]
    public async Task Two_runs_that_need_the_same_new_server_at_once_share_it()
    {
        var both = await Task.WhenAll(stage.Server("one").EnsureRunningAsync(Cancellation), stage.Server("one").EnsureRunningAsync(Cancellation));

        Assert.Equal(both[0].Url, both[1].Url);
    }

    [Fact]
    public async Task Data_of_another_major_version_are_not_touched_and_the_remedy_is_named()
    {
        await stage.StartWithDataAsync();
        await stage.Server("one").StopAsync(Cancellation);
        var state = Path.Combine(stage.DirectoryOf("one"), "cluster.json");
        await File.WriteAllTextAsync(
            state, System.Text.RegularExpressions.Regex.Replace(await File.ReadAllTextAsync(state, Cancellation), "\"major\": \\d+", "\"major\": 14"), Cancellation);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => stage.Server("one").EnsureRunningAsync(Cancellation));

        Assert.StartsWith("no PostgreSQL 14 to run a database with; do one of these:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("but the cluster was made by version 14", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_password_file_is_named()
    {
        await stage.StartWithDataAsync();
        await stage.Server("one").StopAsync(Cancellation);
        var file = Path.Combine(stage.DirectoryOf("one"), "superuser.password");
        File.Delete(file);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => stage.Server("one").EnsureRunningAsync(Cancellation));

        Assert.StartsWith($"{file}: is missing, and nobody can enter the cluster", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_forgets_everything()
    {
        await stage.StartWithDataAsync();

        await stage.Server("one").DeleteAsync(Cancellation);

        Assert.False(Directory.Exists(stage.DirectoryOf("one")));
    }

    [Fact]
    public async Task Below_a_folder_that_the_servers_user_may_not_enter_the_data_lie_elsewhere_and_are_deleted_there()
    {
        Needs.That(System.Environment.IsPrivilegedProcess, "only root's servers run as another user");
        File.SetUnixFileMode(stage.Folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var server = await stage.StartWithDataAsync();
        var data = (string)(await ServerStage.AskAsync(stage.Superuser("one", server), "show data_directory"))!;
        await stage.Server("one").DeleteAsync(Cancellation);

        Assert.StartsWith("/var/lib/pipeline/", data, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(data)));
    }

    [Fact]
    public async Task A_folder_that_was_moved_keeps_its_data()
    {
        var server = await stage.StartWithDataAsync();
        await stage.Server("one").StopAsync(Cancellation);
        Directory.Move(stage.Folder.Combine("one"), stage.Folder.Combine("two"));

        var moved = await stage.Server("two").EnsureRunningAsync(Cancellation);

        Assert.Equal(42, await ServerStage.AskAsync(moved, "select value from kept"));
        Assert.Equal(server.Password, moved.Password);
    }

    [Fact]
    public async Task Data_that_are_gone_are_not_silently_replaced_by_an_empty_database()
    {
        await stage.StartWithDataAsync();
        await stage.Server("one").StopAsync(Cancellation);
        Directory.Delete(stage.DataOf("one"), recursive: true);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => stage.Server("one").EnsureRunningAsync(Cancellation));

        Assert.Equal(
            $"{stage.DataOf("one")}: the data of the database are gone; restore the folder, or begin with an empty database after --target Down --delete-data true", refusal.Message);
    }
}
