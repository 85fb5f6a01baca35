using Microsoft.AspNetCore.WebUtilities;

namespace Shop.Api;

/// <summary>A problem document (<see href="https://www.rfc-editor.org/rfc/rfc9457"/>) that lists everything that is wrong.</summary>
internal static class ApiProblem
{
    public static IResult Of(int status, IReadOnlyList<string> faults) => TypedResults.Json(
        new ApiProblemBody(ReasonPhrases.GetReasonPhrase(status), status, string.Join(' ', faults), faults),
        ApiJson.Default.ApiProblemBody, "application/problem+json", status);
}

/// <param name="Title">The status in words.</param>
/// <param name="Status">The status.</param>
/// <param name="Detail">All faults in one text.</param>
/// <param name="Errors">The faults one by one.</param>
internal sealed record ApiProblemBody(string Title, int Status, string Detail, IReadOnlyList<string> Errors);
