using System.Globalization;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Running;

/// <summary>
/// The run of a workflow that this process is a part of, as the runner's variables tell it:
/// https://docs.github.com/actions/reference/workflows-and-actions/variables#default-environment-variables.
/// </summary>
public sealed record ActionsRun
{
    /// <summary>The repository whose workflow runs.</summary>
    public required RepositoryName Repository { get; init; }

    /// <summary>The number of the run, which stays the same when it is run again.</summary>
    public required long Id { get; init; }

    /// <summary>Which try of the run it is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The job's id in the workflow.</summary>
    public required string Job { get; init; }

    /// <summary>The commit that the run is about.</summary>
    public required string Commit { get; init; }

    /// <summary>The whole name of the branch, tag or pull request: <c>refs/heads/main</c>.</summary>
    public required string Ref { get; init; }

    /// <summary>What began it: <c>push</c>, <c>pull_request</c>, <c>workflow_dispatch</c>…</summary>
    public required string Event { get; init; }

    /// <summary>The account that began it.</summary>
    public required string Actor { get; init; }

    /// <summary>Where people look at GitHub: <c>https://github.com</c>, or the address of GitHub Enterprise Server.</summary>
    public required Uri Server { get; init; }

    /// <summary>The file with the whole event that began the run, in JSON; null where there is none.</summary>
    public string? EventFile { get; init; }

    /// <summary>The file of this step's part of the job summary; null where there is none.</summary>
    public string? SummaryFile { get; init; }

    /// <summary>The page of this try of the run, with its log.</summary>
    public Uri Page => new(Server, $"{Repository}/actions/runs/{Id.ToString(CultureInfo.InvariantCulture)}/attempts/{Attempt.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The run that the variables tell of; null outside of a runner.</summary>
    /// <param name="variables">The value of a variable, or null.</param>
    /// <exception cref="FormatException">The variables say that a runner runs this and do not say what: every fault is listed.</exception>
    public static ActionsRun? Find(Func<string, string?> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if (variables("GITHUB_ACTIONS") != "true")
            return null;
        List<string> faults = [];
        var run = new ActionsRun
        {
            Repository = Read("GITHUB_REPOSITORY", RepositoryName.Parse),
            Id = Read("GITHUB_RUN_ID", text => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)),
            Attempt = Read("GITHUB_RUN_ATTEMPT", text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)),
            Job = Read("GITHUB_JOB", text => text),
            Commit = Read("GITHUB_SHA", text => text),
            Ref = Read("GITHUB_REF", text => text),
            Event = Read("GITHUB_EVENT_NAME", text => text),
            Actor = Read("GITHUB_ACTOR", text => text),
            Server = Read("GITHUB_SERVER_URL", text => new Uri(text.TrimEnd('/') + '/')),
            EventFile = Given("GITHUB_EVENT_PATH"),
            SummaryFile = Given("GITHUB_STEP_SUMMARY"),
        };
        return faults.Count == 0
            ? run
            : throw new FormatException($"GITHUB_ACTIONS is 'true', and what else a runner says is missing or wrong: {string.Join("; ", faults)}; unset GITHUB_ACTIONS outside of a runner");

        string? Given(string name) => variables(name) is { Length: > 0 } value ? value : null;

        T Read<T>(string name, Func<string, T> parse)
        {
            if (Given(name) is not { } text)
            {
                faults.Add($"{name} is not set");
                return default!;
            }
            try
            {
                return parse(text);
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                faults.Add($"{name} is '{text}': {exception.Message}");
                return default!;
            }
        }
    }
}
