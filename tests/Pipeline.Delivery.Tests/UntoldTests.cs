using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Telling;
using static Pipeline.Delivery.Tests.World.Releases;

namespace Pipeline.Delivery.Tests;

public sealed class UntoldTests
{
    [Fact]
    public void A_deployment_that_goes_on_is_told_as_such_and_one_that_ended_only_how() => Assert.Equal(
        ["1 Begun", "1 Succeeded", "2 Begun", "2 InProgress"],
        Facts(Deployment(1, DeploymentOutcome.Succeeded), Deployment(2, null)));

    [Theory]
    [InlineData(DeploymentOutcome.Undone, "Failed")]
    [InlineData(DeploymentOutcome.RolledBack, "Failed")]
    [InlineData(DeploymentOutcome.Failed, "Broken")]
    public void What_failed_takes_nobodys_place(DeploymentOutcome outcome, string fact) => Assert.Equal(
        ["1 Begun", "1 Succeeded", "2 Begun", $"2 {fact}"],
        Facts(Deployment(1, DeploymentOutcome.Succeeded), Deployment(2, outcome)));

    [Fact]
    public void What_succeeds_takes_the_place_of_what_served_in_the_same_environment() => Assert.Equal(
        ["1 Begun", "1 Succeeded", "2 Begun", "2 Succeeded", "3 Begun", "3 Succeeded", "1 Replaced"],
        Facts(Deployment(1, DeploymentOutcome.Succeeded), Deployment(2, DeploymentOutcome.Succeeded, "staging"), Deployment(3, DeploymentOutcome.Succeeded)));

    [Fact]
    public void What_was_told_is_not_told_again() => Assert.Equal(
        ["2 Succeeded", "1 Replaced"],
        Facts(
            Deployment(1, DeploymentOutcome.Succeeded, told: [DeploymentFact.Begun, DeploymentFact.InProgress, DeploymentFact.Succeeded]),
            Deployment(2, DeploymentOutcome.Succeeded, told: [DeploymentFact.Begun])));

    private static string[] Facts(params ToldDeployment[] deployments) => [.. Untold.Of(deployments).Select(fact => $"{fact.Deployment.Deployment.Id} {fact.Fact}")];

    private static ToldDeployment Deployment(long number, DeploymentOutcome? outcome, string environment = "production", params DeploymentFact[] told) => new(
        new(number, environment, A, Colour.Blue, DeploymentKind.Deploy, "mia", null, DateTimeOffset.UnixEpoch, null, outcome, null, []),
        new("github.com/mia/shop", new("http://127.0.0.1")), told.ToDictionary(fact => fact, _ => 7L));
}
