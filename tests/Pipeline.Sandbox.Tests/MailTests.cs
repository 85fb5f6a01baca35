using System.Net;
using System.Net.Http.Json;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace Pipeline.Sandbox.Tests;

public sealed class MailTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private SandboxProcess Sandbox => fixture.Sandbox;

    [Fact]
    public async Task A_mail_of_the_platforms_client_is_read_back_whole()
    {
        using var mail = new MailMessage("shop@example.org", "whole@example.org", "Ihre Bestellung über 12,50 € ist unterwegs — vielen Dank für Ihr Vertrauen", "Grüße,\n.\n..dots\n");
        mail.SubjectEncoding = mail.BodyEncoding = Encoding.UTF8;
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString("<p>Grüße &amp; <b>Dank</b></p>", Encoding.UTF8, MediaTypeNames.Text.Html));
        using var attachment = Attachment.CreateAttachmentFromString("a;b", "rechnung.csv", Encoding.UTF8, "text/csv");
        mail.Attachments.Add(attachment);

        var whole = await SendAndReadAsync(mail);

        Assert.Equal(mail.Subject, whole.GetProperty("subject").GetString());
        Assert.Equal("Grüße,\n.\n..dots\n", whole.GetProperty("text").GetString()!.TrimEnd('\n') + "\n");
        Assert.Equal("<p>Grüße &amp; <b>Dank</b></p>", whole.GetProperty("html").GetString()!.Trim());
        var kept = Assert.Single(whole.GetProperty("attachments").EnumerateArray());
        Assert.Equal(("rechnung.csv", "text/csv", 3), (kept.GetProperty("name").GetString(), kept.GetProperty("type").GetString(), kept.GetProperty("size").GetInt32()));
        Assert.Equal("shop@example.org", whole.GetProperty("from").GetString());
        Assert.Equal("whole@example.org", Assert.Single(whole.GetProperty("to").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe=\r\n!\r\n", "Grüße!\n")]
    [InlineData("Content-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ==\r\n", "Grüße")]
    [InlineData("Content-Transfer-Encoding: base64\r\n\r\nnot base64!\r\n", "not base64!\n")]
    [InlineData("Content-Type: nonsense\r\n\r\nplain\r\n", "plain\n")]
    [InlineData("Content-Type: text/plain; charset=no-such\r\n\r\nplain\r\n", "plain\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\npreamble\r\n--b\r\n\r\nfirst\r\n--b\r\n\r\nsecond\r\n--b--\r\nepilogue\r\n", "first")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nnever closed", "never closed\n")]
    [InlineData("\r\nonly a body\r\n", "only a body\n")]
    public async Task The_text_of_a_message_is_decoded(string message, string text)
    {
        var to = $"{Guid.NewGuid():N}@example.org";
        using (var client = await Conversation.BeginAsync(Sandbox))
            Assert.StartsWith("250", await client.MailAsync(to, $"{message}{(message.EndsWith('\n') ? "" : "\r\n")}.\r\n"), StringComparison.Ordinal);

        Assert.Equal(text, (await ReadAsync(to)).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("=?utf-8?B?R3LDvMOfZQ==?= =?utf-8?Q?_aus_K=C3=B6ln?=", "Grüße aus Köln")]
    [InlineData("=?iso-8859-1?q?Gr=FC=DFe?= und mehr", "Grüße und mehr")]
    [InlineData("folded\r\n over lines", "folded over lines")]
    [InlineData("=?utf-8?B?not base64?= =?x?", "=?utf-8?B?not base64?= =?x?")]
    [InlineData("Grüße", "Grüße")]
    public async Task A_subject_is_decoded(string written, string subject)
    {
        var to = $"{Guid.NewGuid():N}@example.org";
        using (var client = await Conversation.BeginAsync(Sandbox))
            await client.MailAsync(to, $"Subject: {written}\r\n\r\n.\r\n");

        Assert.Equal(subject, (await ReadAsync(to)).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Whatever_a_message_holds_it_is_kept_and_shown()
    {
        const string Alphabet = "ab:=?-\t \"/;.\r\n\0ü";
        var random = new Random(1837);
        var to = "noise@example.org";
        using var client = await Conversation.BeginAsync(Sandbox);
        for (var round = 0; round < 200; round++)
        {
            var noise = string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => Alphabet[random.Next(Alphabet.Length)])).Replace("\n.", "\n", StringComparison.Ordinal);
            var message = $"Content-Type: multipart/mixed; boundary=a{(random.Next(2) == 0 ? "" : noise)}\r\n\r\n--a\r\n{noise}\r\n--a--\r\n";
            Assert.StartsWith("250", await client.MailAsync(to, message + ".\r\n"), StringComparison.Ordinal);
        }

        foreach (var mail in await ListAsync(to))
            await Sandbox.Http.GetStringAsync($"/inbox/{mail.GetProperty("id").GetInt32()}", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_mail_that_is_not_there_is_said_so()
    {
        using var answer = await Sandbox.Http.GetAsync("/mail/999999", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("there is no mail 999999", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inbox_shows_a_mail_without_letting_it_run()
    {
        using var mail = new MailMessage("shop@example.org", "page@example.org", "<script>alert(1)</script>", "<b>text</b>");
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString("<script>alert(\"2\")</script>", Encoding.UTF8, MediaTypeNames.Text.Html));
        var id = (await SendAndReadAsync(mail)).GetProperty("id").GetInt32();

        var inbox = await Sandbox.Http.GetStringAsync("/", TestContext.Current.CancellationToken);
        using var page = await Sandbox.Http.GetAsync($"/inbox/{id}", TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", inbox, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", inbox + html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<iframe sandbox=\"\"", html, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> SendAndReadAsync(MailMessage mail)
    {
        using var client = new SmtpClient(Sandbox.Smtp.Address.ToString(), Sandbox.Smtp.Port);
        await client.SendMailAsync(mail, TestContext.Current.CancellationToken);
        return await ReadAsync(mail.To[0].Address);
    }

    private async Task<JsonElement[]> ListAsync(string to) =>
        (await Sandbox.Http.GetFromJsonAsync<JsonElement[]>($"/mail?to={to}", TestContext.Current.CancellationToken))!;

    private async Task<JsonElement> ReadAsync(string to) => await Sandbox.Http.GetFromJsonAsync<JsonElement>(
        $"/mail/{Assert.Single(await ListAsync(to)).GetProperty("id").GetInt32()}", TestContext.Current.CancellationToken);
}
