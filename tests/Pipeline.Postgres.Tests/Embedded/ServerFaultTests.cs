using System.Diagnostics;
using System.Globalization;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;
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
        var server = await stage.StartWithDataAsync();
        var killed = stage.Observe("one").ProcessId!.Value;

        await ServerStage.KillAsync(killed);

        await Eventually.HoldsAsync(
            async () => stage.Observe("one").ProcessId != killed && await ServerProbe.AnswersAsync(server, Cancellation), "the server answers again");
        Assert.Equal(42, await ServerStage.AskAsync(server, "select value from kept"));
    }

    [Fact]
    public async Task A_backend_that_outlives_its_killed_server_does_not_keep_the_next_one_from_starting()
    {
        var server = await stage.StartWithDataAsync();
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
        var server = await stage.StartWithDataAsync();
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
            await ServerStage.RunAsync("umount", "--lazy", stage.DirectoryOf("one"));
        }
    }

    private static Process StartAsServersUser(string program, params string[] arguments)
    {
        string[] line = System.Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", program, .. arguments] : [program, .. arguments];
        return Process.Start(new ProcessStartInfo(line[0], line[1..]))!;
    }
}
