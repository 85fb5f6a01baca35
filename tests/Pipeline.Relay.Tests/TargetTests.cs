using Pipeline.Relay.Targets;

namespace Pipeline.Relay.Tests;

public sealed class TargetTests
{
    [Theory]
    [InlineData("unix:/run/edge/control.sock")]
    [InlineData("tcp:172.18.0.5:8080")]
    [InlineData("tcp:postgres:5432")]
    [InlineData("tcp:[::1]:80")]
    public void A_target_is_read_and_written_alike(string text) => Assert.Equal(text, RelayTarget.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("unix:relative.sock")]
    [InlineData("tcp:postgres")]
    [InlineData("tcp:postgres:0")]
    [InlineData("tcp:postgres:65536")]
    [InlineData("tcp:::1:80")]
    [InlineData("tcp::80")]
    [InlineData("http://postgres:80")]
    public void What_is_no_target_is_named_with_how_to_write_one(string text)
    {
        var fault = Assert.Throws<RelayException>(() => RelayTarget.Parse(text));

        Assert.Equal($"relay: '{text}' is no target; write unix:/absolute/path (at most 107 bytes) or tcp:host:port", fault.Message);
    }
}
