using Pipeline.Configuration.Settings.Values;

namespace Pipeline.Configuration.Tests.Settings;

public sealed class ValueTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("1m5ms", 60_005)]
    [InlineData("0s", 0)]
    public void A_duration_is_read(string text, double milliseconds) => Assert.Equal(milliseconds, SettingDuration.Parse(text).TotalMilliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("30s1h")]
    [InlineData("30s\n")]
    [InlineData("9999999d")]
    public void What_is_no_duration_is_refused(string text)
    {
        Assert.False(SettingDuration.TryParse(text, out _));
        Assert.Equal(
            $"'{text}' is no duration; write numbers with units, as 250ms, 30s or 1h30m",
            Assert.Throws<FormatException>(() => SettingDuration.Parse(text)).Message);
    }

    [Fact]
    public void A_duration_is_read_as_it_was_written()
    {
        var random = new Random(1821);
        for (var round = 0; round < 10_000; round++)
        {
            var duration = TimeSpan.FromMilliseconds(random.NextInt64(1L << random.Next(45)));
            Assert.Equal(duration, SettingDuration.Parse(SettingDuration.Format(duration)));
        }
    }

    [Fact]
    public void A_PostgreSQL_URL_is_taken_apart()
    {
        Assert.True(PostgresUrl.TryParse("postgresql://sh%40p:p%3Aw%2F@[::1]:5433/sh%20op?sslmode=require&application_name=shop", out var url));

        Assert.Equal(("::1", 5433, "sh op", "sh@p", "p:w/"), (url.Host, url.Port, url.Database, url.User, url.Password));
        Assert.Equal("require", url.Parameters["sslmode"]);
        Assert.DoesNotContain("p:w/", url.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:x@host/db")]
    [InlineData("postgres://host/db")]
    [InlineData("postgres://user@/db")]
    [InlineData("postgres://user@host")]
    [InlineData("postgres://user@host/")]
    [InlineData("postgres://user@host/a/b")]
    [InlineData("postgres://user@host:0/db")]
    [InlineData("postgres://user@host:99999/db")]
    [InlineData("postgres://user@host/db?sslmode")]
    [InlineData("Host=localhost;Database=shop")]
    public void What_is_no_PostgreSQL_URL_is_refused(string text) => Assert.False(PostgresUrl.TryParse(text, out _));
}
