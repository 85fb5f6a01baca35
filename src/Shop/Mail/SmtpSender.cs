using System.Net.Mail;
using System.Text;
using Shop.Configuration;

namespace Shop.Mail;

/// <summary>Hands one mail to the mail server (<see href="https://www.rfc-editor.org/rfc/rfc5321"/>).</summary>
internal sealed class SmtpSender(ShopSettings settings)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <returns><see langword="null"/> when the server took it, else the reason why not.</returns>
    public async Task<string?> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        using var client = new SmtpClient(settings.SmtpHost, settings.SmtpPort);
        using var message = new MailMessage(new MailAddress(settings.MailFrom, "Harbour & Pine"), new MailAddress(mail.Recipient))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Body,
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", mail.MessageId);
        try
        {
            await client.SendMailAsync(message, limit.Token);
            return null;
        }
        catch (SmtpException refused)
        {
            return $"{settings.SmtpHost}:{settings.SmtpPort}: {refused.StatusCode}: {refused.InnerException?.Message ?? refused.Message}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{settings.SmtpHost}:{settings.SmtpPort}: no answer within {Limit.TotalSeconds:0} s";
        }
    }
}
