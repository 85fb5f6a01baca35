using Npgsql;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Tests.Connections;

public sealed class PostgresUrlTests
{
    private const string Form = "write postgres://user:password@host:port/database with special characters percent-encoded";

    [Fact]
    public void An_address_becomes_what_Npgsql_understands()
    {
        var builder = new NpgsqlConnectionStringBuilder(PostgresUrl.ToConnectionString("X", "postgresql://shop:p%40ss%3Aw%2Ford%3B'@db.example:5433/the%20shop?sslmode=verify-full&connect_timeout=7"));

        Assert.Equal(("db.example", 5433, "the shop", "shop", "p@ss:w/ord;'"), (builder.Host, builder.Port, builder.Database, builder.Username, builder.Password));
        Assert.Equal((SslMode.VerifyFull, 7), (builder.SslMode, builder.Timeout));
    }

    [Theory]
    [InlineData("postgres://u:p@h:5433/d")]
    [InlineData("postgres://u:p@[::1]:5432/d")]
    [InlineData("postgres://u:p%25%2B%20%26%3F@h:5432/d%2Fe?application_name=a%26b&sslmode=require")]
    [InlineData("postgres://u@h:5432/d?channel_binding=require&connect_timeout=3")]
    public void An_address_survives_the_way_there_and_back(string url)
    {
        Assert.Equal(url, PostgresUrl.Parse("X", url).Url);
        Assert.Equal(url, PostgresUrl.FromConnectionString("X", PostgresUrl.ToConnectionString("X", url)).Url);
    }

    [Fact]
    public void Any_password_survives_the_way_there_and_back()
    {
        var random = new Random(4711);
        for (var round = 0; round < 500; round++)
        {
            var password = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => (char)random.Next(32, 0x2FF)));
            var server = new PostgresServer("h", 1, "d", "u", password);

            Assert.Equal(password, PostgresUrl.Parse("X", server.Url).Password);
            Assert.Equal(password, new NpgsqlConnectionStringBuilder(server.ConnectionString).Password);
        }
    }

    [Fact]
    public void The_port_is_5432_where_none_is_given() => Assert.Equal(5432, PostgresUrl.Parse("X", "postgres://u:p@h/d").Port);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("mysql://u:secret@h/d", "does not begin with postgres:// or postgresql://")]
    [InlineData("postgres://h", "the user is missing; the database is missing")]
    [InlineData("postgres://u:secret@:99999", "the host is missing or malformed; the port is no number from 1 to 65535; the database is missing")]
    [InlineData("postgres://u:sec%ret@h/d", "the password has a % that no two hexadecimal digits follow (% is %25)")]
    [InlineData("postgres://u:secret@a,b/d", "it names several hosts, which is not supported")]
    [InlineData(
        "postgres://u:p@h/d?sslmode=maybe&ssl=1&sslmode=require",
        "parameter sslmode is none of disable, allow, prefer, require, verify-ca, verify-full; parameter ssl is not known; known are application_name, channel_binding, "
        + "connect_timeout, keepalives_idle, keepalives_interval, options, sslcert, sslkey, sslmode, sslrootcert; parameter sslmode stands twice")]
    public void Everything_wrong_is_named_at_once(string url, string faults) =>
        Assert.Equal($"DATABASE_URL: {faults}; {Form}", Assert.Throws<DeliveryException>(() => PostgresUrl.Parse("DATABASE_URL", url)).Message);

    [Theory]
    [InlineData("postgres://u:sec/ret@h/d")]
    [InlineData("postgres://u:sec@ret@h/d")]
    [InlineData("postgres://u:sec?ret@h/d")]
    [InlineData("postgres://u:sec#ret@h/d")]
    [InlineData("postgres://u:secret")]
    [InlineData("postgres://secret:99secret/d")]
    public void No_message_holds_what_may_be_the_password(string url)
    {
        var message = Assert.Throws<DeliveryException>(() => PostgresUrl.Parse("DATABASE_URL", url)).Message;

        Assert.DoesNotContain("sec", message, StringComparison.Ordinal);
        Assert.DoesNotContain("ret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_without_what_an_address_needs_is_refused() => Assert.Equal(
        "X: the connection string lacks Database, Username; add it", Assert.Throws<DeliveryException>(() => PostgresUrl.FromConnectionString("X", "Host=h")).Message);
}
