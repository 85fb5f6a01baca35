using Build.Environments;
using Pipeline.Applications.Telling;
using Pipeline.Delivery;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Running;

namespace Build.Diagnosis.OnGitHub;

/// <summary>
/// The repository's settings on GitHub have what the jobs of an environment need. What the token may not see is said to be unknown; where GitHub is not at hand, down or
/// slow, one line says so.
/// </summary>
/// <param name="environment">The environment.</param>
/// <param name="github">The GitHub that this clone belongs to.</param>
/// <param name="time">The clock.</param>
public sealed class GitHubSettingsExamination(ShopEnvironment environment, GitHubHouse github, TimeProvider time) : IExamination
{
    private const string Subject = "GitHub";

    /// <summary>How long GitHub is waited for, all in all. 30 seconds by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation)
    {
        try
        {
            var search = await github.FindAsync(cancellation);
            return search.Access is { } access
                ? await ExamineAsync(access, search.Reason, cancellation)
                : [Observation.Unknown(Subject, $"{environment.Name}'s settings there are not looked at: {search.Reason}")];
        }
        catch (DeliveryException wrong)
        {
            return [new(Subject, Sound: false, wrong.Message)];
        }
    }

    private async Task<IReadOnlyList<Observation>> ExamineAsync(GitHubAccess access, string who, CancellationToken cancellation)
    {
        List<Observation> seen = [];
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await foreach (var observation in new RepositorySettings(environment, access).ObserveAsync(either.Token))
                seen.Add(observation);
            return [new(Subject, Sound: true, who), .. seen];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [.. seen, Observation.Unknown(Subject, $"{access.Name} did not tell all of its settings within {Patience.TotalSeconds:0.###} s; run Doctor again later, https://www.githubstatus.com says more")];
        }
        catch (GitHubException fault)
        {
            return [.. seen, fault.CanSucceedLater ? Observation.Unknown(Subject, fault.Message) : new(Subject, Sound: false, fault.Message)];
        }
    }
}
