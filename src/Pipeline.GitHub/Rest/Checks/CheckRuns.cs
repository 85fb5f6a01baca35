using System.Globalization;
using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>Check runs: https://docs.github.com/rest/checks/runs. Only the token of an app, such as that of a job, may make them.</summary>
public sealed class CheckRuns
{
    // GitHub takes no more at a time, and adds those of each further request.
    private const int AnnotationsAtATime = 50;

    private readonly GitHubConnection connection;
    private readonly string path;

    internal CheckRuns(GitHubConnection connection, string repository) => (this.connection, path) = (connection, $"{repository}/check-runs");

    /// <summary>Says that a check goes on.</summary>
    /// <param name="name">The name of the check.</param>
    /// <param name="commit">What is checked.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<CheckRun> StartAsync(string name, string commit, CancellationToken cancellation) =>
        connection.SendAsync<CheckRun>(HttpMethod.Post, path, new { Name = name, HeadSha = commit, Status = "in_progress" }, Repeating.WouldDouble, cancellation);

    /// <summary>Says how a check ended, with all its annotations.</summary>
    /// <param name="run">The number of the check run.</param>
    /// <param name="conclusion">How.</param>
    /// <param name="report">What it found.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<CheckRun> CompleteAsync(long run, CheckConclusion conclusion, CheckReport report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        var parts = report.Annotations.Chunk(AnnotationsAtATime).ToArray();
        var address = string.Create(CultureInfo.InvariantCulture, $"{path}/{run}");
        // The conclusion comes with the last ones: whoever waits for it finds them all. Sent twice, annotations would stand there twice.
        foreach (var part in parts.SkipLast(1))
            await connection.SendAsync(HttpMethod.Patch, address, new { Status = "in_progress", Output = report.With(part) }, Repeating.WouldDouble, cancellation);
        var last = parts.LastOrDefault() ?? [];
        return await connection.SendAsync<CheckRun>(
            HttpMethod.Patch, address, new { Status = "completed", Conclusion = conclusion, Output = report.With(last) }, last.Length == 0 ? Repeating.IsSafe : Repeating.WouldDouble, cancellation);
    }
}
