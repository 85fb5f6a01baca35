using System.Globalization;
using Shop.Accounts;
using Shop.Web.Visits;

namespace Shop.Web.Forms;

/// <summary>A form that a visitor sent and that is known to come from a page of this shop.</summary>
internal sealed class FormPost
{
    private readonly IFormCollection fields;

    private FormPost(IFormCollection fields, Session? session) => (this.fields, Session) = (fields, session);

    /// <summary>The session of the visitor who sent it.</summary>
    public Session? Session { get; }

    /// <exception cref="BadHttpRequestException">It is no form, or not from a page of this shop.</exception>
    public static async Task<FormPost> ReadAsync(HttpContext context, SessionCookie cookie)
    {
        if (!context.Request.HasFormContentType)
            throw new BadHttpRequestException("Please use the shop's own form.", StatusCodes.Status415UnsupportedMediaType);
        var fields = await ReadFieldsAsync(context);
        var session = await cookie.ReadAsync(context);
        return FormToken.IsValid(context, session, fields[FormToken.Field].ToString())
            ? new FormPost(fields, session)
            : throw new BadHttpRequestException(
                "This form has been open for too long, or your browser did not send its cookie. Please go back, reload the page and try again.",
                StatusCodes.Status403Forbidden);
    }

    public string Text(string field) => fields[field].ToString().Trim();

    /// <summary>As it was typed, blanks and all.</summary>
    public string Secret(string field) => fields[field].ToString();

    /// <exception cref="BadHttpRequestException">It is no whole number in these bounds.</exception>
    public int Number(string field, int least, int most) =>
        int.TryParse(Text(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new BadHttpRequestException($"Please give the {field} as a number from {least} to {most}.", StatusCodes.Status422UnprocessableEntity);

    private static async Task<IFormCollection> ReadFieldsAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException malformed)
        {
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, malformed);
        }
    }
}
