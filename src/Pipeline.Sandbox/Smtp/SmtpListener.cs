using System.Net;
using System.Net.Sockets;
using Pipeline.Sandbox.Arguments;
using Pipeline.Sandbox.Mail;

namespace Pipeline.Sandbox.Smtp;

/// <summary>Takes connections of mail clients. It listens from its making on; clients that come before it is started wait.</summary>
internal sealed partial class SmtpListener : BackgroundService
{
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMilliseconds(100);
    private readonly TcpListener listener;
    private readonly MailStore mails;
    private readonly TimeProvider time;
    private readonly ILogger<SmtpListener> log;
    private readonly SmtpLimits limits = new();
    private int sessions;

    /// <exception cref="SocketException">The address is taken or not this machine's.</exception>
    public SmtpListener(SandboxOptions options, MailStore mails, TimeProvider time, ILogger<SmtpListener> log)
    {
        (this.mails, this.time, this.log) = (mails, time, log);
        listener = new TcpListener(options.Smtp);
        listener.Start();
    }

    public EndPoint Address => listener.LocalEndpoint;

    public override void Dispose()
    {
        listener.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var open = new HashSet<Task>();
        try
        {
            while (true)
            {
                var client = await AcceptAsync(stoppingToken);
                open.RemoveWhere(session => session.IsCompleted);
                open.Add(ServeAsync(client, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            listener.Stop();
            await Task.WhenAll(open);
        }
    }

    /// <summary>A connection that broke before it was taken, or a shortage of descriptors, ends no listener.</summary>
    private async Task<TcpClient> AcceptAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptTcpClientAsync(stopping);
            }
            catch (SocketException broken)
            {
                LogNotAccepted(broken.Message);
                await Task.Delay(PauseAfterRefusal, time, stopping);
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stopping)
    {
        using var owned = client;
        try
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            if (Interlocked.Increment(ref sessions) > limits.MostSessions)
                await stream.WriteAsync("421 too many connections at once; come again\r\n"u8.ToArray(), stopping);
            else
                await new SmtpSession(stream, mails, limits, time, log).RunAsync(stopping);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            LogGone(gone.Message);
        }
        finally
        {
            Interlocked.Decrement(ref sessions);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "a mail client could not be taken: {Reason}")]
    private partial void LogNotAccepted(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "a mail client went away: {Reason}")]
    private partial void LogGone(string reason);
}
