using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Pipeline.Testing.Listener;

// A server for tests of supervision: answers on PORT, or on the sockets handed over in PIPELINE_LISTEN_FDS, with the value of NAME.
// START_FAULT ends it at once with that line and code 3; IGNORE_STOP makes it deaf to SIGTERM; NEVER_READY keeps it from saying that it is ready.
Console.WriteLine($"listener {Environment.GetEnvironmentVariable("NAME")} starts");
if (Environment.GetEnvironmentVariable("START_FAULT") is { } fault)
{
    Console.WriteLine(fault);
    return 3;
}

using var stop = new CancellationTokenSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    if (Environment.GetEnvironmentVariable("IGNORE_STOP") is null)
        stop.Cancel();
});
var answers = Open().Select(socket => Answering.RunAsync(socket, stop.Token)).ToArray();
if (Environment.GetEnvironmentVariable("PIPELINE_READY_FILE") is { } ready && Environment.GetEnvironmentVariable("NEVER_READY") is null)
    await File.WriteAllTextAsync(ready, "");
await Task.WhenAll(answers);
Console.WriteLine($"listener {Environment.GetEnvironmentVariable("NAME")} ends");
return 0;

static IEnumerable<Socket> Open()
{
    if (Environment.GetEnvironmentVariable("PIPELINE_LISTEN_FDS") is { } descriptors)
        return [.. descriptors.Split(',').Select(descriptor => new Socket(new SafeSocketHandle(int.Parse(descriptor), ownsHandle: true)))];
    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    socket.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable("PORT")!)));
    socket.Listen(512);
    return [socket];
}
