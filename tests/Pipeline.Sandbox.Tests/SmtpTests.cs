using System.Net.Http.Json;
using System.Text.Json;

namespace Pipeline.Sandbox.Tests;

public sealed class SmtpTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private SandboxProcess Sandbox => fixture.Sandbox;

    [Fact]
    public async Task A_mail_is_kept_as_it_came_without_the_stuffed_dots()
    {
        using var client = await Conversation.BeginAsync(Sandbox);

        var reply = await client.MailAsync("dots@example.org", "Subject: dots\r\n\r\n..one\r\n.two\r\n...\r\nno\n.\nend\r\n.\r\n");

        Assert.StartsWith("250 stored as mail ", reply, StringComparison.Ordinal);
        Assert.Equal("Subject: dots\r\n\r\n.one\r\ntwo\r\n..\r\nno\n.\nend\r\n", await RawAsync("dots@example.org"));
    }

    [Fact]
    public async Task Commands_sent_at_once_are_answered_in_turn()
    {
        using var client = await Conversation.BeginAsync(Sandbox, greet: false);

        await client.SendAsync(
            "EHLO test\r\nMAIL FROM:<a@example.org> SIZE=20 BODY=8BITMIME\r\nRCPT TO:<pipelined@example.org>\r\nDATA\r\nSubject: x\r\n\r\ny\r\n.\r\nNOOP\r\nQUIT\r\n");

        foreach (var expected in (string[])["250 SMTPUTF8", "250 sender", "250 recipient", "354", "250 stored", "250 nothing", "221"])
            Assert.StartsWith(expected, await client.ReplyAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReplyAsync());
        Assert.Equal("Subject: x\r\n\r\ny\r\n", await RawAsync("pipelined@example.org"));
    }

    [Fact]
    public async Task One_connection_hands_over_many_mails()
    {
        using var client = await Conversation.BeginAsync(Sandbox);

        for (var mail = 0; mail < 3; mail++)
            Assert.StartsWith("250", await client.MailAsync("many@example.org", $"Subject: {mail}\r\n\r\n.\r\n"), StringComparison.Ordinal);

        Assert.Equal(["2", "1", "0"], (await ListAsync("many@example.org")).Select(mail => mail.GetProperty("subject").GetString()));
    }

    [Theory]
    [InlineData("MAIL FROM:a@example.org", "501 write MAIL FROM:<address>")]
    [InlineData("MAIL FROM:<a@example.org> SIZE=99999999", "552 a message has at most 10485760 bytes")]
    [InlineData("MAIL FROM:<a@example.org> RET=FULL", "555 unknown parameter; there are SIZE, BODY and SMTPUTF8")]
    [InlineData("RCPT TO:<a@example.org>", "503 name the sender first, with MAIL FROM")]
    [InlineData("DATA", "503 name at least one recipient first, with RCPT TO")]
    [InlineData("EHLO", "501 say who you are, as EHLO shop.example")]
    [InlineData("AUTH LOGIN", "502 not here: this sandbox takes mail without password and encryption")]
    [InlineData("HELP", "500 unknown command; there are EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, VRFY and QUIT")]
    [InlineData("NOOP", "250 nothing done")]
    [InlineData("noop", "250 nothing done")]
    [InlineData("RSET", "250 forgotten")]
    [InlineData("VRFY a", "252 send it and see")]
    public async Task A_command_gets_its_answer(string command, string answer)
    {
        using var client = await Conversation.BeginAsync(Sandbox);

        Assert.Equal(answer, await client.SayAsync(command));
    }

    [Fact]
    public async Task A_mail_needs_a_greeting()
    {
        using var client = await Conversation.BeginAsync(Sandbox, greet: false);

        Assert.Equal("503 greet first, with EHLO", await client.SayAsync("MAIL FROM:<a@example.org>"));
    }

    [Fact]
    public async Task A_bounce_has_no_sender_but_a_mail_has_a_recipient()
    {
        using var client = await Conversation.BeginAsync(Sandbox);

        Assert.Equal("250 sender taken", await client.SayAsync("MAIL FROM:<>"));
        Assert.Equal("501 write RCPT TO:<address>", await client.SayAsync("RCPT TO:<>"));
    }

    [Fact]
    public async Task A_mail_has_a_hundred_recipients_at_most()
    {
        using var client = await Conversation.BeginAsync(Sandbox);
        await client.SayAsync("MAIL FROM:<a@example.org>");

        for (var recipient = 0; recipient < 100; recipient++)
            Assert.Equal("250 recipient taken", await client.SayAsync($"RCPT TO:<r{recipient}@example.org>"));

        Assert.Equal("452 a mail has at most 100 recipients", await client.SayAsync("RCPT TO:<more@example.org>"));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_and_the_next_one_is_taken()
    {
        using var client = await Conversation.BeginAsync(Sandbox);

        var refused = await client.MailAsync("large@example.org", new string('x', (10 * 1024 * 1024) + 1) + "\r\n.\r\n");
        var taken = await client.MailAsync("large@example.org", "Subject: small\r\n\r\n.\r\n");

        Assert.Equal("552 a message has at most 10485760 bytes; it was not stored", refused);
        Assert.StartsWith("250 stored", taken, StringComparison.Ordinal);
        Assert.Equal("small", Assert.Single(await ListAsync("large@example.org")).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task A_command_that_is_too_long_is_refused_and_the_next_one_is_answered()
    {
        using var client = await Conversation.BeginAsync(Sandbox);

        Assert.Equal("500 a command has at most 2048 characters", await client.SayAsync(new string('x', 100_000)));
        Assert.Equal("250 nothing done", await client.SayAsync("NOOP"));
    }

    [Fact]
    public async Task A_client_that_only_errs_is_hung_up_on()
    {
        using var client = await Conversation.BeginAsync(Sandbox);

        for (var error = 0; error < 20; error++)
            Assert.StartsWith("500", await client.SayAsync("GET / HTTP/1.1"), StringComparison.Ordinal);

        Assert.Equal("421 too many errors", await client.ReplyAsync());
        Assert.Null(await client.ReplyAsync());
    }

    [Fact]
    public async Task A_client_that_goes_away_within_a_message_leaves_nothing()
    {
        using (var client = await Conversation.BeginAsync(Sandbox))
        {
            await client.SayAsync("MAIL FROM:<a@example.org>");
            await client.SayAsync("RCPT TO:<gone@example.org>");
            await client.SayAsync("DATA");
            await client.SendAsync("Subject: half a ma");
        }
        using var next = await Conversation.BeginAsync(Sandbox);

        Assert.Equal("250 nothing done", await next.SayAsync("NOOP"));
        Assert.Empty(await ListAsync("gone@example.org"));
    }

    private async Task<JsonElement[]> ListAsync(string to) =>
        (await Sandbox.Http.GetFromJsonAsync<JsonElement[]>($"/mail?to={to}", TestContext.Current.CancellationToken))!;

    private async Task<string> RawAsync(string to) => await Sandbox.Http.GetStringAsync(
        $"/mail/{Assert.Single(await ListAsync(to)).GetProperty("id").GetInt32()}/raw", TestContext.Current.CancellationToken);
}
