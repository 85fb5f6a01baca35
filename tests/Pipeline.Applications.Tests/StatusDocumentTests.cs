using System.Text.Json;
using Pipeline.Applications.Operating;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Applications.Tests;

public sealed class StatusDocumentTests
{
    private static readonly Digest Digest = Digest.Parse($"sha256:{new string('a', 64)}");

    private static readonly EnvironmentObservation Production = new(
        "production", new Uri("http://127.0.0.1:18082/"), EnvironmentState.Degraded, ["production-blue-2 is not healthy"], Colour.Blue,
        new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), "mia@laptop", new Release(Digest, "2.0.0", new string('c', 40), []),
        new Release(Digest, "1.0.0", new string('b', 40), []),
        [
            new("production-blue-1", Digest, Healthy: true, 100) { Health = "healthy" },
            new("production-green-1", Digest, Healthy: false, 0),
        ])
    {
        Approval = new("mia@github", ApprovalMeans.Protection, "ship it", new DateTimeOffset(2026, 11, 20, 11, 59, 0, TimeSpan.Zero)),
    };

    [Fact]
    public void People_read_what_runs_since_when_by_whom_and_what_hosts_find() => Assert.Equal(
        """
        production  degraded  http://127.0.0.1:18082
          release     2.0.0  aaaaaaaaaaaa  commit cccccccccccc  since 2026-11-20 12:00:00Z by mia@laptop
          approved    by mia@github on GitHub: ship it
          previous    1.0.0  aaaaaaaaaaaa  (--target Rollback returns to it)
          instance    production-blue-1     aaaaaaaaaaaa  healthy     100 %   host: healthy
          instance    production-green-1    aaaaaaaaaaaa  not healthy warm
          problem     production-blue-2 is not healthy
        """,
        StatusDocument.Text([Production]), ignoreLineEndingDifferences: true);

    [Fact]
    public void An_environment_that_nothing_was_put_into_names_what_would() => Assert.Equal(
        "staging     absent    http://127.0.0.1:18081\n  release     none yet; run --target PromoteProduction",
        StatusDocument.Text([EnvironmentObservation.Absent("staging", new Uri("http://127.0.0.1:18081/"))]), ignoreLineEndingDifferences: true);

    [Fact]
    public void Programs_read_the_same_in_one_document()
    {
        using var document = JsonDocument.Parse(StatusDocument.Json([Production]));
        var environment = document.RootElement.GetProperty("environments")[0];

        Assert.Equal("degraded", environment.GetProperty("state").GetString());
        Assert.Equal("2.0.0", environment.GetProperty("release").GetProperty("version").GetString());
        Assert.Equal("healthy", environment.GetProperty("instances")[0].GetProperty("health").GetString());
        Assert.Equal(JsonValueKind.Null, environment.GetProperty("instances")[1].GetProperty("health").ValueKind);
        Assert.Equal("protection ship it", $"{environment.GetProperty("approval").GetProperty("means")} {environment.GetProperty("approval").GetProperty("reason")}");
        Assert.Equal("production-blue-2 is not healthy", environment.GetProperty("problems")[0].GetString());
    }
}
