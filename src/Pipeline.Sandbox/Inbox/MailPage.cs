using System.Globalization;
using System.Text;
using Pipeline.Sandbox.Mail;
using Pipeline.Sandbox.Mail.Mime;

namespace Pipeline.Sandbox.Inbox;

/// <summary>The page of one mail.</summary>
internal static class MailPage
{
    public static string Render(MailSummary mail, MailContent content)
    {
        var subject = mail.Subject.Length == 0 ? "(no subject)" : mail.Subject;
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"""
            <h2>{PageFrame.Encode(subject)}</h2>
            <dl>
            <dt>Received</dt><dd>{PageFrame.Time(mail.ReceivedAt)} UTC</dd>
            <dt>From</dt><dd>{PageFrame.Encode(mail.From.Length == 0 ? "(nobody: a bounce)" : mail.From)}</dd>
            <dt>To</dt><dd>{PageFrame.Encode(string.Join(", ", mail.To))}</dd>
            </dl>

            """);
        if (content.Text is not null)
            body.Append(CultureInfo.InvariantCulture, $"<pre>{PageFrame.Encode(content.Text)}</pre>\n");
        if (content.Html is not null)
        {
            body.Append("<h2>HTML</h2>\n");
            body.Append(CultureInfo.InvariantCulture, $"<iframe sandbox=\"\" title=\"the mail's HTML\" srcdoc=\"{PageFrame.Encode(content.Html)}\"></iframe>\n");
        }
        foreach (var attachment in content.Attachments)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p>Attachment: {PageFrame.Encode(attachment.Name)} ");
            body.Append(CultureInfo.InvariantCulture, $"<span class=\"faint\">{PageFrame.Encode(attachment.Type)}, {attachment.Size:N0} bytes</span></p>\n");
        }
        body.Append("<h2>Headers</h2>\n<dl>\n");
        foreach (var header in content.Headers)
            body.Append(CultureInfo.InvariantCulture, $"<dt>{PageFrame.Encode(header.Name)}</dt><dd>{PageFrame.Encode(header.Value)}</dd>\n");
        body.Append(CultureInfo.InvariantCulture, $"</dl>\n<p><a href=\"/mail/{mail.Id}/raw\">The message as it came</a></p>");
        return PageFrame.Around(subject, "", body.ToString());
    }

    public static string RenderMissing(int id) => PageFrame.Around(
        "No such mail", "", string.Create(CultureInfo.InvariantCulture, $"<p>There is no mail {id}. Only the last thousand are kept. <a href=\"/\">All mails</a></p>"));
}
