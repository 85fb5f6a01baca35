using System.Net.Sockets;
using System.Text;

namespace Pipeline.Sandbox.Tests;

/// <summary>A mail client that says exactly what a test wants said.</summary>
internal sealed class Conversation : IDisposable
{
    private readonly TcpClient client = new();
    private readonly StreamReader reader;

    private Conversation(SandboxProcess sandbox)
    {
        client.Connect(sandbox.Smtp);
        reader = new StreamReader(client.GetStream(), Encoding.ASCII);
    }

    public static async Task<Conversation> BeginAsync(SandboxProcess sandbox, bool greet = true)
    {
        var conversation = new Conversation(sandbox);
        Assert.StartsWith("220 ", await conversation.ReplyAsync(), StringComparison.Ordinal);
        if (greet)
            Assert.StartsWith("250 ", await conversation.SayAsync("HELO test"), StringComparison.Ordinal);
        return conversation;
    }

    public async Task SendAsync(string text) =>
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>The last line of the next reply; null when the server hung up.</summary>
    public async Task<string?> ReplyAsync()
    {
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line is { Length: > 3 } && line[3] == '-')
            line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        return line;
    }

    public async Task<string> SayAsync(string command)
    {
        await SendAsync($"{command}\r\n");
        return await ReplyAsync() ?? "(hung up)";
    }

    public async Task<string> MailAsync(string to, string message)
    {
        Assert.StartsWith("250", await SayAsync("MAIL FROM:<shop@example.org>"), StringComparison.Ordinal);
        Assert.StartsWith("250", await SayAsync($"RCPT TO:<{to}>"), StringComparison.Ordinal);
        Assert.StartsWith("354", await SayAsync("DATA"), StringComparison.Ordinal);
        await SendAsync(message);
        return await ReplyAsync() ?? "(hung up)";
    }

    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }
}
