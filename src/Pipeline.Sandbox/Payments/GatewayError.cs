using System.Text.Json.Serialization;

namespace Pipeline.Sandbox.Payments;

/// <summary>An answer that is no success: <c>{"error": {"code", "message", "charge"}}</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For programs.</param>
/// <param name="Message">For people: what is wrong and what to do.</param>
/// <param name="Charge">The declined charge's id; null when there is none.</param>
internal sealed record GatewayError([property: JsonIgnore] int Status, string Code, string Message, string? Charge = null)
{
    public IResult ToResult() => Results.Json(new { error = this }, statusCode: Status);
}
