using System.Diagnostics;
using System.Globalization;

namespace Pipeline.Edge.Tests.Lifecycle;

/// <summary>Edges in containers: no supervisor holds a socket for them; they share the address of the network that a keeper owns.</summary>
public sealed class TakingOverTests
{
    private const int Some = 1500;

    [Fact]
    public async Task No_request_fails_while_one_edge_takes_over_from_another_again_and_again()
    {
        await using var stage = await SharedStage.CreateAsync();
        await using var instance = await TestInstance.StartAsync("instance", address: stage.Space.Outside);
        var present = stage.Start("run", "edge-0");
        await stage.ServesAsync("edge-0");
        await stage.RouteAsync(instance.Address);
        await using var hammer = new Hammer(stage.Url, renewing: 8);
        await hammer.MoreAsync(Some);

        for (var number = 1; number <= 4; number++)
        {
            var next = stage.Start("run", $"edge-{number}");
            await stage.ServesAsync($"edge-{number}");
            await hammer.MoreAsync(Some);
            await present.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, present.ExitCode);
            present = next;
        }

        Assert.Empty(await hammer.StopAsync());
        Assert.Single(hammer.Releases);
    }

    [Fact]
    public async Task A_keeper_serves_itself_until_another_edge_does_and_again_when_that_one_is_killed()
    {
        await using var stage = await SharedStage.CreateAsync();
        await using var instance = await TestInstance.StartAsync("instance", address: stage.Space.Outside);
        var keeper = stage.Start("keep", "keeper");
        await stage.ServesAsync("keeper");
        await stage.RouteAsync(instance.Address);
        await using var hammer = new Hammer(stage.Url);
        await hammer.MoreAsync(Some);

        var edge = stage.Start("run", "edge");
        await stage.ServesAsync("edge");
        await hammer.MoreAsync(Some);
        await Eventually.HoldsAsync(() => Children(keeper.Id).Length == 0, "the keeper's own edge has retired");

        Assert.Empty(await hammer.StopAsync());
        edge.Kill();
        await stage.ServesAsync("keeper");
        using var client = EdgeStage.NewClient();
        using var answer = await client.GetAsync(stage.Url, TestContext.Current.CancellationToken);
        Assert.Equal([EdgeStage.Release.Value], answer.Headers.GetValues("Pipeline-Release"));
    }

    [Fact]
    public async Task A_keeper_starts_its_edge_again_when_that_is_killed_and_ends_it_with_itself()
    {
        await using var stage = await SharedStage.CreateAsync();
        var keeper = stage.Start("keep", "keeper");
        await stage.ServesAsync("keeper");
        var first = Children(keeper.Id).Single();

        using (var worker = Process.GetProcessById(first))
            worker.Kill();
        await Eventually.HoldsAsync(() => Children(keeper.Id) is [var second] && second != first, "another edge is started");
        await stage.ServesAsync("keeper");
        await SharedStage.TerminateAsync(keeper);
        await keeper.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, keeper.ExitCode);
        Assert.Null(await stage.ServingAsync());
    }

    [Fact]
    public async Task An_edge_left_behind_in_another_network_counts_as_none()
    {
        await using var old = await SharedStage.CreateAsync();
        await using var other = await NetworkSpace.CreateAsync();
        var lost = old.Start("run", "lost");
        await old.ServesAsync("lost");

        using var keeper = other.Start("dotnet", EdgeStage.Dll, "keep", "--directory", old.Directory, "--listen", "0.0.0.0:8080", "--name", "keeper");
        try
        {
            await old.ServesAsync("keeper");
            await lost.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, lost.ExitCode);
        }
        finally
        {
            keeper.Kill(entireProcessTree: true);
            await keeper.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Two_edges_that_were_not_told_to_share_do_not()
    {
        await using var edge = await EdgeStage.StartAsync();
        using var root = new TemporaryDirectory();
        using var second = Process.Start(new ProcessStartInfo("dotnet", [EdgeStage.Dll, "run", "--share-port", "--directory", root.Combine("edge"), "--listen", edge.Public.ToString()])
        {
            RedirectStandardError = true,
        })!;

        var error = await second.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"edge: --listen {edge.Public}: Address already in use; stop what listens there or choose another address\n", error);
    }

    private static int[] Children(int process)
    {
        var text = string.Concat(Directory.EnumerateDirectories($"/proc/{process}/task").Select(thread => File.ReadAllText(Path.Combine(thread, "children"))));
        return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture)).Where(child => !HasEnded(child))];
    }

    private static bool HasEnded(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return found.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
