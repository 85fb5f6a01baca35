using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Relay;
using Pipeline.Relay.Targets;

namespace Pipeline.Edge.Tests.Relaying;

[SuppressMessage("Reliability", "CA2025", Justification = "What goes both ways at once is awaited before the process goes.")]
public sealed class RelayCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Standard_input_and_output_are_joined_with_a_socket_until_both_sides_have_ended()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("echo.sock");
        var answering = AnswerOnceAsync(path);
        var sent = RandomNumberGenerator.GetBytes(1_000_003);
        using var relay = Start($"unix:{path}");

        var receiving = ReadAsync(relay);
        await relay.StandardInput.BaseStream.WriteAsync(sent, Cancellation);
        relay.StandardInput.Close();

        var received = await receiving;
        Assert.Equal([.. sent, .. Encoding.ASCII.GetBytes("end")], received);
        await relay.WaitForExitAsync(Cancellation);
        Assert.Equal(0, relay.ExitCode);
        await answering;
    }

    [Fact]
    public async Task Many_connections_go_through_one_relay()
    {
        await using var instance = await TestInstance.StartAsync();
        using var relay = Start();
        using var session = new RelaySession(relay.StandardOutput.BaseStream, relay.StandardInput.BaseStream);
        await session.AwaitGreetingAsync(Cancellation);
        var carrying = session.CarryAsync(Cancellation);
        using var client = Through(session, RelayTarget.ToTcp(instance.Address.Host, instance.Address.Port));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetStringAsync(new Uri("http://instance/"), Cancellation)));

        Assert.All(answers, answer => Assert.Contains("\"instance\"", answer, StringComparison.Ordinal));
        relay.StandardInput.Close();
        await relay.WaitForExitAsync(Cancellation);
        await carrying;
        Assert.Equal(0, relay.ExitCode);
    }

    [Fact]
    public async Task A_target_that_does_not_answer_or_is_none_is_named()
    {
        using var refused = Start("unix:/run/no such.sock");
        using var unreadable = Start("unix:relative");

        Assert.Equal((1, "edge relay: relay: unix:/run/no such.sock: no socket is there\n"), await EndAsync(refused));
        Assert.Equal((2, "edge: relay: 'unix:relative' is no target; write unix:/absolute/path (at most 107 bytes) or tcp:host:port\n"), await EndAsync(unreadable));
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [EdgeStage.Dll, "relay", .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<(int ExitCode, string Error)> EndAsync(Process process)
    {
        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, error);
    }

    private static async Task<byte[]> ReadAsync(Process relay)
    {
        using var all = new MemoryStream();
        await relay.StandardOutput.BaseStream.CopyToAsync(all, Cancellation);
        return all.ToArray();
    }

    // Sends everything back, and says something more only when the other side has ended.
    private static async Task AnswerOnceAsync(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        using var client = await listener.AcceptAsync(Cancellation);
        await using var stream = new NetworkStream(client);
        await stream.CopyToAsync(stream, Cancellation);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("end"), Cancellation);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    private static HttpClient Through(RelaySession session, RelayTarget target) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) => await session.ConnectAsync(target, cancellation),
    });
}
