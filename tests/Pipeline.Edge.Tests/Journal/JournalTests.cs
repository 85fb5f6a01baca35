using System.Net.Http.Json;

namespace Pipeline.Edge.Tests.Journal;

public sealed class JournalTests
{
    [Fact]
    public async Task Routes_survive_a_kill()
    {
        await using var instance = await TestInstance.StartAsync("kept");
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);

        edge.Kill();
        await edge.RunAsync();

        Assert.Equal("kept", (await edge.Client.GetFromJsonAsync<Echo>(edge.Url, TestContext.Current.CancellationToken))!.Instance);
        Assert.Equal(1, (await edge.StatusAsync()).Fence);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"writtenAt\":\"2026-01-01T00:00:00Z\",\"checksum\":\"00\",\"routes\":{\"fence\":9,\"backends\":[]}}")]
    [InlineData("{\"version\":2}")]
    public async Task A_journal_that_cannot_be_read_is_named_and_the_copy_before_it_used(string content)
    {
        await using var instance = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        await edge.ApplyAsync();
        edge.Kill();
        var journal = Path.Combine(edge.Directory, "routes.json");
        await File.WriteAllTextAsync(journal, content, TestContext.Current.CancellationToken);

        await edge.RunAsync();

        Assert.Equal(1, (await edge.StatusAsync()).Fence);
        Assert.Contains($"journal {journal} ", edge.Log, StringComparison.Ordinal);
        Assert.Contains($"using the routes before it, from {Path.Combine(edge.Directory, "routes.previous.json")}", edge.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_of_version_1_stays_readable()
    {
        await using var edge = await EdgeStage.StartAsync();
        edge.Kill();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Journal", "routes.version1.json"), Path.Combine(edge.Directory, "routes.json"));

        await edge.RunAsync();

        var status = await edge.StatusAsync();
        Assert.Equal(42, status.Fence);
        Assert.Equal([95, 5], status.Backends.Select(backend => backend.Weight));
        Assert.Equal("production-green-1", status.Backends[1].Destinations[0].Instance);
    }

    [Fact]
    public async Task Routes_that_cannot_be_kept_do_not_take_effect()
    {
        await using var instance = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        // A folder in the journal's place refuses the rename, for root as well.
        File.Delete(Path.Combine(edge.Directory, "routes.json"));
        Directory.CreateDirectory(Path.Combine(edge.Directory, "routes.json", "in the way"));

        var refusal = await Assert.ThrowsAsync<Delivery.DeliveryException>(() => edge.ApplyAsync());

        Assert.Contains("routes.json cannot be written", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await edge.StatusAsync()).Fence);
        Assert.Single((await edge.StatusAsync()).Backends);
    }
}
