using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Embedded;
using Pipeline.Testing;

namespace Pipeline.Postgres.Tests.Embedded;

public sealed class ServerFaultTests : IAsyncLifetime
{
    private readonly ServerStage stage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_killed_server_comes_back_by_itself_with_its_data()
    {
        var server = await StartWithDataAsync();
        var killed = stage.Observe("one").ProcessId!.Value;

        await ServerStage.KillAsync(killed);

        await Eventually.HoldsAsync(
            async () => stage.Observe("one").ProcessId != killed && await ServerProbe.AnswersAsync(server, Cancellation), "the server answers again");
        Assert.Equal(42, await ServerStage.AskAsync(server, "select value from kept"));
    }

    [Fact]
    public async Task A_backend_that_outlives_its_killed_server_does_not_keep_the_next_one_from_starting()
    {
        var server = await StartWithDataAsync();
        var busy = ServerStage.AskAsync(server, "select count(*) from generate_series(1, 2000000000)");
        await Eventually.HoldsAsync(async () => 1L == (long)(await ServerStage.AskAsync(
            stage.Superuser("one", server), "select count(*) from pg_stat_activity where query like '%generate_series(1, 2%' and pid <> pg_backend_pid()"))!, "the query runs");

        await ServerStage.KillAsync(stage.Observe("one").ProcessId!.Value);
        var again = await stage.Server("one").EnsureRunningAsync(Cancellation);

        Assert.Equal(42, await ServerStage.AskAsync(again, "select value from kept"));
        await Assert.ThrowsAnyAsync<Exception>(() => busy);
    }

    [Fact]
    public async Task After_a_reboot_a_pid_file_whose_number_is_somebody_elses_is_no_obstacle()
    {
        var server = await StartWithDataAsync();
        await stage.Server("one").StopAsync(Cancellation);
        Assert.Null(await stage.Server("one").ObserveAsync(Cancellation));
        using var stranger = StartAsServersUser("sleep", "600");
        await File.WriteAllTextAsync(Path.Combine(stage.DataOf("one"), "postmaster.pid"), string.Create(CultureInfo.InvariantCulture, $"{stranger.Id}\n{stage.DataOf("one")}\n"), Cancellation);

        var again = await stage.Server("one").EnsureRunningAsync(Cancellation);
        stranger.Kill();

        Assert.Equal(server.Url, again.Url);
        Assert.Equal(42, await ServerStage.AskAsync(again, "select value from kept"));
    }

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
        var server = await StartWithDataAsync();
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
        await StartWithDataAsync();
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
        await StartWithDataAsync();
        await stage.Server("one").StopAsync(Cancellation);
        var file = Path.Combine(stage.DirectoryOf("one"), "superuser.password");
        File.Delete(file);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => stage.Server("one").EnsureRunningAsync(Cancellation));

        Assert.StartsWith($"{file}: is missing, and nobody can enter the cluster", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_forgets_everything()
    {
        await StartWithDataAsync();

        await stage.Server("one").DeleteAsync(Cancellation);

        Assert.False(Directory.Exists(stage.DirectoryOf("one")));
    }

    [Fact]
    public async Task Below_a_folder_that_the_servers_user_may_not_enter_the_data_lie_elsewhere_and_are_deleted_there()
    {
        Needs.That(System.Environment.IsPrivilegedProcess, "only root's servers run as another user");
        File.SetUnixFileMode(stage.Folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var server = await StartWithDataAsync();
        var data = (string)(await ServerStage.AskAsync(stage.Superuser("one", server), "show data_directory"))!;
        await stage.Server("one").DeleteAsync(Cancellation);

        Assert.StartsWith("/var/lib/pipeline/", data, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(data)));
    }

    [Fact]
    public async Task A_full_disk_is_named_and_leaves_nothing_half_made()
    {
        Needs.That(System.Environment.IsPrivilegedProcess, "only root may mount a small disk");
        Directory.CreateDirectory(stage.DirectoryOf("one"));
        await ServerStage.RunAsync("mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", stage.DirectoryOf("one"));
        try
        {
            var refusal = await Assert.ThrowsAsync<DeliveryException>(() => stage.Server("one").EnsureRunningAsync(Cancellation));

            Assert.Contains("No space left on device", refusal.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(stage.DirectoryOf("one"), "cluster")));
            await ServerStage.RunAsync("mount", "-o", "remount,size=200m", stage.DirectoryOf("one"));
            Assert.Equal(1, await ServerStage.AskAsync(await stage.Server("one").EnsureRunningAsync(Cancellation), "select 1"));
        }
        finally
        {
            await stage.Server("one").StopAsync(Cancellation);
            await ServerStage.RunAsync("umount", stage.DirectoryOf("one"));
        }
    }

    private async Task<PostgresServer> StartWithDataAsync()
    {
        var server = await stage.Server("one").EnsureRunningAsync(Cancellation);
        await ServerStage.AskAsync(server, "create table kept as select 42 as value");
        return server;
    }

    private static Process StartAsServersUser(string program, params string[] arguments)
    {
        string[] line = System.Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", program, .. arguments] : [program, .. arguments];
        return Process.Start(new ProcessStartInfo(line[0], line[1..]))!;
    }
}
