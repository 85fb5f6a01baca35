using System.Globalization;
using Npgsql;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Tests.Embedded;

/// <summary>Two servers, as two environments have them.</summary>
public sealed class TwoServers : IAsyncLifetime
{
    public ServerStage Stage { get; } = new();

    public PostgresServer Staging { get; private set; } = null!;

    public PostgresServer Production { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Staging = await Stage.Server("staging").EnsureRunningAsync(CancellationToken.None);
        Production = await Stage.Server("production").EnsureRunningAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Stage.DisposeAsync();
}

public sealed class EmbeddedServerTests(TwoServers two) : IClassFixture<TwoServers>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_application_owns_its_database_and_nothing_else()
    {
        Assert.Equal("app", await ServerStage.AskAsync(two.Staging, "create table things (id int); select tableowner from pg_tables where tablename = 'things'"));
        foreach (var forbidden in new[] { "create database more", "create role friend", "select pg_read_file('/etc/passwd')", "copy things from program 'id'" })
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => ServerStage.AskAsync(two.Staging, forbidden))).SqlState);
        foreach (var database in new[] { "postgres", "template1" })
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => ServerStage.AskAsync(two.Staging with { Database = database }, "select 1"))).SqlState);
    }

    [Fact]
    public async Task Who_may_enter_staging_may_not_enter_production()
    {
        var intruder = two.Staging with { Port = two.Production.Port };

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ServerStage.AskAsync(intruder, "select 1"));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        Assert.NotEqual(two.Staging.Port, two.Production.Port);
        Assert.NotEqual(two.Staging.Password, two.Production.Password);
    }

    [Theory]
    [InlineData("listen_addresses", "127.0.0.1")]
    [InlineData("unix_socket_directories", "")]
    [InlineData("data_checksums", "on")]
    [InlineData("fsync", "on")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("full_page_writes", "on")]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("password_encryption", "scram-sha-256")]
    [InlineData("max_connections", "100")]
    [InlineData("shared_buffers", "32MB")]
    public async Task The_server_is_durable_small_and_reachable_from_this_machine_only(string setting, string value) =>
        Assert.Equal(value, await ServerStage.AskAsync(two.Stage.Superuser("staging", two.Staging), $"show {setting}"));

    [Fact]
    public async Task Nobody_enters_without_a_password()
    {
        var rules = (string)(await ServerStage.AskAsync(
            two.Stage.Superuser("staging", two.Staging), "select string_agg(concat_ws(' ', type, database::text, user_name::text, address, auth_method), ',') from pg_hba_file_rules"))!;

        Assert.Equal("host {all} {all} 127.0.0.1 scram-sha-256", rules);
    }

    [Fact]
    public void Passwords_lie_in_files_of_their_owner_alone()
    {
        foreach (var file in Directory.EnumerateFiles(two.Stage.DirectoryOf("staging"), "*.password"))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Matches("^[0-9a-f]{48}$", File.ReadAllText(file));
        }
        Assert.Equal(2, Directory.EnumerateFiles(two.Stage.DirectoryOf("staging"), "*.password").Count());
    }

    [Fact]
    public void No_password_stands_in_an_argument_or_in_the_log()
    {
        var state = two.Stage.Observe("staging");
        var said = string.Join('\n', state.Specification.Arguments.Concat(two.Stage.Supervisors.ReadLog(state.Specification.Directory, 1000)));

        Assert.DoesNotContain(two.Staging.Password, said, StringComparison.Ordinal);
        Assert.DoesNotContain(two.Staging.Password, two.Staging.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_runs_is_found_and_not_started_again()
    {
        var before = two.Stage.Observe("staging").ProcessId;

        var found = await two.Stage.Server("staging").EnsureRunningAsync(Cancellation);

        Assert.Equal(two.Staging.Url, found.Url);
        Assert.Equal(two.Staging.Url, (await two.Stage.Server("staging").ObserveAsync(Cancellation))?.Url);
        Assert.Equal(before, two.Stage.Observe("staging").ProcessId);
    }

    [Fact]
    public void The_server_does_not_run_as_root()
    {
        var status = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{two.Stage.Observe("staging").ProcessId}/status"));

        Assert.NotEqual("0", status.First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1]);
    }

    [Fact]
    public async Task A_name_that_is_no_database_name_is_refused_at_once()
    {
        var refusal = Assert.Throws<DeliveryException>(() => two.Stage.Server("other", new() { Database = "my-shop" }));

        Assert.EndsWith(
            "database name 'my-shop' is not allowed; use a lower-case letter, then lower-case letters, digits and underscores, at most 63", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await two.Stage.Server("never_made").ObserveAsync(Cancellation));
    }
}
