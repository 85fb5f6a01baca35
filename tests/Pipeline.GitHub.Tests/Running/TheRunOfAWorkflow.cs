using Pipeline.GitHub.Running;

namespace Pipeline.GitHub.Tests.Running;

public sealed class TheRunOfAWorkflow
{
    private readonly Dictionary<string, string> variables = new()
    {
        ["GITHUB_ACTIONS"] = "true",
        ["GITHUB_REPOSITORY"] = "mia/shop",
        ["GITHUB_RUN_ID"] = "17600000000",
        ["GITHUB_RUN_ATTEMPT"] = "2",
        ["GITHUB_JOB"] = "production",
        ["GITHUB_SHA"] = "1f0c",
        ["GITHUB_REF"] = "refs/heads/main",
        ["GITHUB_EVENT_NAME"] = "push",
        ["GITHUB_ACTOR"] = "mia",
        ["GITHUB_SERVER_URL"] = "https://github.example.com",
        ["GITHUB_STEP_SUMMARY"] = "",
    };

    [Fact]
    public void Is_what_the_runner_says()
    {
        var run = ActionsRun.Find(variables.GetValueOrDefault)!;
        Assert.Equal("mia/shop", run.Repository.ToString());
        Assert.Equal((17600000000, 2, "production"), (run.Id, run.Attempt, run.Job));
        Assert.Equal("https://github.example.com/mia/shop/actions/runs/17600000000/attempts/2", run.Page.ToString());
        Assert.Null(run.SummaryFile);
    }

    [Fact]
    public void Is_none_outside_of_a_runner()
    {
        variables.Remove("GITHUB_ACTIONS");
        Assert.Null(ActionsRun.Find(variables.GetValueOrDefault));
    }

    [Fact]
    public void Half_told_is_refused_with_every_fault()
    {
        variables.Remove("GITHUB_SHA");
        variables["GITHUB_RUN_ID"] = "many";
        var fault = Assert.Throws<FormatException>(() => ActionsRun.Find(variables.GetValueOrDefault));
        Assert.Contains("GITHUB_SHA is not set", fault.Message, StringComparison.Ordinal);
        Assert.Contains("GITHUB_RUN_ID is 'many'", fault.Message, StringComparison.Ordinal);
    }
}
