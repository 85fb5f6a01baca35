using System.Net.Sockets;
using System.Text;
using Pipeline.Relay.Targets;

namespace Pipeline.Relay.Tests;

public sealed class LocalDoorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_lies_behind_a_session_is_reached_by_a_local_socket()
    {
        using var folder = new TemporaryDirectory();
        await using var stage = await SessionStage.StartAsync();
        var echo = stage.Serve(stream => stream.CopyToAsync(stream));
        await using var door = new LocalDoor(folder.Combine("door"), cancellation => stage.Session.ConnectAsync(echo, cancellation));
        using var client = await ConnectAsync(door);
        await using var stream = new NetworkStream(client);

        await stream.WriteAsync("through the door"u8.ToArray(), Cancellation);
        client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.UTF8);

        Assert.Equal("through the door", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task A_client_sees_its_connection_end_when_nothing_answers_behind_the_door()
    {
        using var folder = new TemporaryDirectory();
        await using var stage = await SessionStage.StartAsync();
        await using var door = new LocalDoor(folder.Combine("door"), cancellation => stage.Session.ConnectAsync(RelayTarget.ToTcp("127.0.0.1", LoopbackPort.Free()), cancellation));
        using var client = await ConnectAsync(door);

        Assert.Equal(0, await client.ReceiveAsync(new byte[1], Cancellation));
    }

    [Fact]
    public async Task A_closed_door_leaves_nothing_behind()
    {
        using var folder = new TemporaryDirectory();
        await using var stage = await SessionStage.StartAsync();
        var door = new LocalDoor(folder.Combine("door"), cancellation => stage.Session.ConnectAsync(RelayTarget.ToUnix("/none"), cancellation));

        await door.DisposeAsync();

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static async Task<Socket> ConnectAsync(LocalDoor door)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(door.Path), Cancellation);
        return client;
    }
}
