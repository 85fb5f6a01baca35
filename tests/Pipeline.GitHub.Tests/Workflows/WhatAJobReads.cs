using Pipeline.GitHub.Workflows;

namespace Pipeline.GitHub.Tests.Workflows;

/// <summary>What must be set in the repository for a job follows from its declaration.</summary>
public sealed class WhatAJobReads
{
    [Fact]
    public void All_that_it_reads_is_found_wherever_it_stands()
    {
        var reads = JobSettings.Of(new()
        {
            Id = "deploy",
            TimeoutMinutes = 5,
            If = Expression.Variable("HOST").IsNot(""),
            RunsOn = Runner.Labelled(Expression.Variable("RUNNER").Or("ubuntu-24.04")),
            Environment = new($"{Expression.Variable("REGION")}-production", Expression.Variable("URL")),
            Concurrency = new($"deploy-{Expression.Variable("GROUP")}", Superseded.Finishes),
            Commands =
            [
                new("Deploy")
                {
                    If = Expression.Variable("STEP").Is("yes"),
                    Env = new Dictionary<string, Template> { ["A"] = Expression.Secret("KEY"), ["B"] = $"{Expression.Variable("HOST")}:{Expression.Token}", ["C"] = "vars.TEXT" },
                },
            ],
            Afterwards =
            [
                new(new("actions/attest-build-provenance", new('a', 40), "v1"))
                {
                    With = new Dictionary<string, Template> { ["input"] = Expression.Variable("INPUT") },
                    Env = new Dictionary<string, Template> { ["D"] = Expression.Secret("ATTEST_KEY") },
                },
            ],
        });

        Assert.Equal(["ATTEST_KEY", "KEY"], reads.Secrets);
        Assert.Equal(["GROUP", "HOST", "INPUT", "REGION", "RUNNER", "STEP", "URL"], reads.Variables);
        Assert.Equal(["GROUP", "HOST", "REGION", "RUNNER"], reads.EarlyVariables);
        Assert.Equal(["HOST"], reads.Conditions);
    }
}
