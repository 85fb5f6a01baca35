using System.Text.Json.Nodes;

namespace Pipeline.GitHub.Rehearsal.Api;

/// <summary>What the interface answers.</summary>
internal sealed record Answer(int Status, JsonNode? Body)
{
    internal static Answer NotFound { get; } = Refusal(404, "Not Found");

    internal static Answer BadCredentials { get; } = Refusal(401, "Bad credentials");

    internal static Answer NotAccessible { get; } = Refusal(403, "Resource not accessible by integration");

    internal static Answer Found(JsonNode body) => new(200, body);

    internal static Answer Created(JsonNode body) => new(201, body);

    internal static Answer Unprocessable(string message) => Refusal(422, message);

    private static Answer Refusal(int status, string message) => new(status, new JsonObject { ["message"] = message, ["documentation_url"] = "https://docs.github.com/rest", ["status"] = $"{status}" });
}

/// <summary>What the interface is asked.</summary>
/// <param name="Method">GET, POST, PATCH.</param>
/// <param name="Path">The parts of the path behind the repository.</param>
/// <param name="Query">A parameter's value; empty where it is not given.</param>
/// <param name="Body">What was sent; empty where nothing was.</param>
internal sealed record Question(string Method, IReadOnlyList<string> Path, Func<string, string> Query, JsonObject Body);
