using Pipeline.Sandbox.Mail.Mime;

namespace Pipeline.Sandbox.Mail;

/// <summary>The mails for programs.</summary>
internal sealed class MailEndpoints(MailStore mails)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mail", (string? to) => Results.Json(mails.All().Where(mail => to is null || mail.To.Contains(to, StringComparer.OrdinalIgnoreCase))));
        routes.MapGet("/mail/{id:int}", (int id) => mails.Find(id) is var (mail, message) ? Results.Json(Whole(mail, message)) : Missing(id));
        routes.MapGet("/mail/{id:int}/raw", (int id) => mails.Find(id) is var (_, message) ? Results.Bytes(message, "message/rfc822") : Missing(id));
    }

    private static object Whole(MailSummary mail, byte[] message)
    {
        var content = MailContent.Read(message);
        return new { mail.Id, mail.ReceivedAt, mail.From, mail.To, mail.Subject, mail.Size, content.Headers, content.Text, content.Html, content.Attachments };
    }

    private static IResult Missing(int id) => Results.Json(
        new { error = new { code = "not_found", message = $"there is no mail {id}; GET /mail lists those there are" } }, statusCode: StatusCodes.Status404NotFound);
}
