using System.Globalization;
using System.Text;
using Pipeline.Sandbox.Arguments;
using Pipeline.Sandbox.Mail;
using Pipeline.Sandbox.Payments;

namespace Pipeline.Sandbox.Inbox;

/// <summary>The page with all mails and charges.</summary>
internal static class InboxPage
{
    private static readonly string[] OfOtherKinds = ["BHD", "CLP", "IQD", "ISK", "JOD", "JPY", "KRW", "KWD", "LYD", "OMR", "TND", "VND"];

    public static string Render(IReadOnlyList<MailSummary> mails, IReadOnlyList<Charge> charges, PaymentMode mode)
    {
        var body = new StringBuilder();
        AppendMails(body, mails);
        AppendCharges(body, charges);
        var name = mode == PaymentMode.Test ? "test" : "live";
        return PageFrame.Around($"Sandbox: {mails.Count} mails, {charges.Count} charges", $"<span class=\"mode\">{name} keys</span>", body.ToString());
    }

    private static void AppendMails(StringBuilder body, IReadOnlyList<MailSummary> mails)
    {
        body.Append(CultureInfo.InvariantCulture, $"<h2>Mail <span>{mails.Count}</span></h2>\n");
        if (mails.Count == 0)
        {
            body.Append("<p class=\"faint\">No mail yet. Whatever is sent to this sandbox by SMTP appears here.</p>\n");
            return;
        }
        body.Append("<table><thead><tr><th>Received (UTC)</th><th>Subject</th><th>To</th><th>From</th><th class=\"number\">Bytes</th></tr></thead><tbody>\n");
        foreach (var mail in mails)
        {
            var subject = mail.Subject.Length == 0 ? "(no subject)" : mail.Subject;
            body.Append(CultureInfo.InvariantCulture, $"""
                <tr><td class="time">{PageFrame.Time(mail.ReceivedAt)}</td><td><a href="/inbox/{mail.Id}">{PageFrame.Encode(subject)}</a></td>
                <td>{PageFrame.Encode(string.Join(", ", mail.To))}</td><td>{PageFrame.Encode(mail.From)}</td><td class="number">{mail.Size:N0}</td></tr>

                """);
        }
        body.Append("</tbody></table>\n");
    }

    private static void AppendCharges(StringBuilder body, IReadOnlyList<Charge> charges)
    {
        body.Append(CultureInfo.InvariantCulture, $"<h2>Charges <span>{charges.Count}</span></h2>\n");
        if (charges.Count == 0)
        {
            body.Append("<p class=\"faint\">No charge yet. POST /v1/charges makes one.</p>\n");
            return;
        }
        body.Append("<table><thead><tr><th>Made (UTC)</th><th>Reference</th><th>Outcome</th><th>Id</th><th class=\"number\">Amount</th></tr></thead><tbody>\n");
        foreach (var charge in charges)
        {
            var succeeded = charge.Status == ChargeStatus.Succeeded;
            body.Append(CultureInfo.InvariantCulture, $"""
                <tr><td class="time">{PageFrame.Time(charge.CreatedAt)}</td><td>{PageFrame.Encode(charge.Reference)}</td>
                <td class="{(succeeded ? "succeeded" : "declined")}">{(succeeded ? "succeeded" : PageFrame.Encode($"declined: {charge.DeclineCode}"))}</td>
                <td class="faint">{charge.Id}</td><td class="number">{Amount(charge)}</td></tr>

                """);
        }
        body.Append("</tbody></table>\n");
    }

    /// <summary>Nearly every currency has hundredths; those of other kinds are shown in their smallest unit.</summary>
    private static string Amount(Charge charge) => OfOtherKinds.Contains(charge.Currency)
        ? string.Create(CultureInfo.InvariantCulture, $"{charge.Amount:N0} {charge.Currency}")
        : string.Create(CultureInfo.InvariantCulture, $"{charge.Amount / 100m:N2} {charge.Currency}");
}
