using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.GitHub.Running;

/// <summary>The pull request that began a run: https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request.</summary>
/// <param name="Number">Its number.</param>
/// <param name="BaseCommit">The newest commit of the branch that it goes into.</param>
/// <param name="IsFromFork">Whether its commits are of another repository: the run's token then may only read.</param>
public sealed record PullRequestEvent(int Number, string BaseCommit, bool IsFromFork)
{
    /// <summary>Reads it.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Null where the run is about no pull request.</returns>
    /// <exception cref="FormatException">The file with the event is missing, or is none of a pull request.</exception>
    public static PullRequestEvent? Find(ActionsRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Event is not ("pull_request" or "pull_request_target"))
            return null;
        try
        {
            var pull = JsonNode.Parse(File.ReadAllText(run.EventFile ?? throw new FormatException("GITHUB_EVENT_PATH is not set, though a pull request began this run")))!["pull_request"]!;
            var origin = (string?)pull["head"]!["repo"]?["full_name"];
            return new((int)pull["number"]!, (string)pull["base"]!["sha"]!, !string.Equals(origin, $"{run.Repository}", StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception fault) when (fault is JsonException or NullReferenceException or InvalidOperationException or IOException)
        {
            throw new FormatException($"{run.EventFile} does not hold the event of a pull request: {fault.Message}", fault);
        }
    }
}
