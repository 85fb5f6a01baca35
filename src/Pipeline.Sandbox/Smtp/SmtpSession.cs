using System.IO.Pipelines;
using System.Text;
using Pipeline.Sandbox.Mail;

namespace Pipeline.Sandbox.Smtp;

/// <summary>
/// One conversation with a mail client (RFC 5321, with SIZE, PIPELINING, 8BITMIME and SMTPUTF8). Whatever it hands over is stored and sent
/// nowhere.
/// </summary>
internal sealed partial class SmtpSession(Stream stream, MailStore mails, SmtpLimits limits, TimeProvider time, ILogger log)
{
    private readonly SmtpReader reader = new(PipeReader.Create(stream), limits, time);
    private readonly List<string> recipients = [];
    private string? sender;
    private bool greeted;
    private int errors;

    /// <summary>Talks until the client is gone or says QUIT, or, when asked to stop, until the present command is answered.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await ReplyAsync("220 sandbox ESMTP: mail is kept here and sent nowhere", stopping);
            while (await NextAsync(stopping) is { } command && await AnswerAsync(command, stopping))
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await SayGoodbyeAsync("421 the sandbox is stopping");
        }
        catch (TimeoutException)
        {
            await SayGoodbyeAsync("421 nothing was said for too long");
        }
    }

    private async Task<string?> NextAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await reader.ReadCommandAsync(stopping);
            }
            catch (InvalidDataException)
            {
                await ReplyAsync($"500 a command has at most {limits.LongestCommand} characters", stopping);
            }
        }
    }

    /// <summary>Answers one command; returns whether the conversation goes on.</summary>
    private async Task<bool> AnswerAsync(string command, CancellationToken stopping)
    {
        var (verb, argument) = command.Split(' ', 2) is [var first, var second] ? (first, second.Trim()) : (command, "");
        var reply = verb.ToUpperInvariant() switch
        {
            "EHLO" => Greet(argument, $"250-sandbox\r\n250-PIPELINING\r\n250-SIZE {limits.LargestMessage}\r\n250-8BITMIME\r\n250 SMTPUTF8"),
            "HELO" => Greet(argument, "250 sandbox"),
            "MAIL" => Begin(argument),
            "RCPT" => AddRecipient(argument),
            "DATA" => recipients.Count > 0 ? null : "503 name at least one recipient first, with RCPT TO",
            "RSET" => Reset("250 forgotten"),
            "NOOP" => "250 nothing done",
            "VRFY" => "252 send it and see",
            "QUIT" => "221 goodbye",
            "AUTH" or "STARTTLS" => "502 not here: this sandbox takes mail without password and encryption",
            _ => "500 unknown command; there are EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, VRFY and QUIT",
        };
        if (reply is null)
            return await TakeMessageAsync(stopping);
        await ReplyAsync(reply, stopping);
        if (reply[0] == '5' && ++errors == limits.MostErrors)
        {
            await ReplyAsync("421 too many errors", stopping);
            return false;
        }
        return reply[..3] != "221";
    }

    private string Greet(string name, string answer)
    {
        if (name.Length == 0)
            return "501 say who you are, as EHLO shop.example";
        greeted = true;
        return Reset(answer);
    }

    private string Reset(string answer)
    {
        sender = null;
        recipients.Clear();
        return answer;
    }

    private string Begin(string argument)
    {
        if (!greeted)
            return "503 greet first, with EHLO";
        if (sender is not null)
            return "503 a mail is begun already; finish it or say RSET";
        if (SmtpPath.Read(argument, "FROM:") is not { } path)
            return "501 write MAIL FROM:<address>";
        if (path.UnknownParameter() is not null)
            return "555 unknown parameter; there are SIZE, BODY and SMTPUTF8";
        if (path.AnnouncedSize() > limits.LargestMessage)
            return $"552 a message has at most {limits.LargestMessage} bytes";
        sender = path.Address;
        return "250 sender taken";
    }

    private string AddRecipient(string argument)
    {
        if (sender is null)
            return "503 name the sender first, with MAIL FROM";
        if (SmtpPath.Read(argument, "TO:") is not { Address.Length: > 0 } path)
            return "501 write RCPT TO:<address>";
        if (path.Parameters.Count > 0)
            return "555 a recipient has no parameters here";
        if (recipients.Count == limits.MostRecipients)
            return $"452 a mail has at most {limits.MostRecipients} recipients";
        recipients.Add(path.Address);
        return "250 recipient taken";
    }

    private async Task<bool> TakeMessageAsync(CancellationToken stopping)
    {
        await ReplyAsync("354 send the message; end it with a line that has a dot alone", stopping);
        if (await reader.ReadMessageAsync(stopping) is not { } message)
            return false;
        var answer = message.IsTooLarge ? $"552 a message has at most {limits.LargestMessage} bytes; it was not stored" : Store(message.Message());
        await ReplyAsync(Reset(answer), stopping);
        return true;
    }

    private string Store(byte[] message)
    {
        try
        {
            var mail = mails.Add(sender!, [.. recipients], message);
            LogMail(mail.Id, mail.From, mail.Size);
            return $"250 stored as mail {mail.Id}";
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            LogStorage(full.Message);
            return "452 the message could not be stored; make room in the data folder and send it again";
        }
    }

    private async Task ReplyAsync(string reply, CancellationToken stopping) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{reply}\r\n"), stopping);

    private async Task SayGoodbyeAsync(string reply)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        await ReplyAsync(reply, patience.Token);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "mail {Id} from {Sender}: {Size} bytes")]
    private partial void LogMail(int id, string sender, int size);

    [LoggerMessage(Level = LogLevel.Error, Message = "a mail could not be stored: {Reason}")]
    private partial void LogStorage(string reason);
}
