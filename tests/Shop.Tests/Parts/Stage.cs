[assembly: AssemblyFixture(typeof(Shop.Tests.Parts.Stage))]

namespace Shop.Tests.Parts;

/// <summary>
/// One database server, one sandbox and one shop for all tests that leave them whole. They start with the first test that asks, so that a
/// missing part skips tests and does not break the run.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresForTests>> postgres = new(PostgresForTests.StartAsync);
    private readonly Lazy<Task<SandboxForTests>> sandbox = new(SandboxForTests.StartAsync);
    private readonly Lazy<Task<Scene>> shared;

    public Stage() => shared = new(() => OpenAsync());

    internal Task<PostgresForTests> PostgresAsync() => postgres.Value;

    internal Task<SandboxForTests> SandboxAsync() => sandbox.Value;

    /// <summary>The shop that tests share.</summary>
    internal Task<Scene> SharedAsync() => shared.Value;

    /// <summary>A shop with a database of its own.</summary>
    internal async Task<Scene> OpenAsync(params (string Name, string Value)[] changes)
    {
        var server = await PostgresAsync();
        var outside = await SandboxAsync();
        var database = await server.CreateDatabaseAsync();
        var variables = ShopForTests.Variables(server.Url(database), outside, changes);
        return new Scene(server, database, outside, variables, await ShopForTests.StartReadyAsync(variables));
    }

    public async ValueTask DisposeAsync()
    {
        if (shared.IsValueCreated && shared.Value.IsCompletedSuccessfully)
            await (await shared.Value).DisposeAsync();
        if (sandbox.IsValueCreated && sandbox.Value.IsCompletedSuccessfully)
            await (await sandbox.Value).DisposeAsync();
        if (postgres.IsValueCreated && postgres.Value.IsCompletedSuccessfully)
            await (await postgres.Value).DisposeAsync();
    }
}
