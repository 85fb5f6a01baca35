using System.Text;
using Pipeline.EndToEnd.Installations;
using Pipeline.Testing.Postgres;

namespace Pipeline.EndToEnd;

/// <summary>What people do with what runs: read its logs, go inside, clear away what nobody returns to.</summary>
[Collection(ServingCollection.Name)]
public sealed class OperatingTests(ServingInstallation serving)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logs_shows_the_last_lines_of_every_instance_with_its_name()
    {
        var run = (await serving.Installation.RunAsync("--target", "Logs", "--environment", "production", "--lines", "3")).Expect(0);

        Assert.Matches("(?m)^production-(blue|green)-1  .", run.Output);
        Assert.Matches("(?m)^production-(blue|green)-2  .", run.Output);
    }

    [Fact]
    public async Task Logs_of_an_instance_that_is_not_there_names_those_that_are()
    {
        var run = (await serving.Installation.RunAsync("--target", "Logs", "--environment", "staging", "--instance", "staging-red-1")).Expect(1);

        Assert.Matches("staging: there is no instance 'staging-red-1'; there are staging-(blue|green)-1, ", run.Everything);
    }

    [Fact]
    public async Task Logs_follows_until_it_is_stopped()
    {
        await using var run = serving.Installation.Start("--target", "Logs", "--environment", "production", "--lines", "1", "--follow");
        await Eventually.HoldsAsync(() => run.Everything.Contains("production-", StringComparison.Ordinal), "it shows a line", TimeSpan.FromMinutes(1));
        run.Signal("INT");

        Assert.Equal(130, (await run.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task A_shell_in_staging_needs_no_reason_and_has_the_settings_of_the_instance()
    {
        var run = await ShellAsync("echo \"environment is $SHOP_ENVIRONMENT\"", "--environment", "staging");

        Assert.Contains("environment is staging", run.Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_in_production_without_a_reason_is_refused_and_with_one_the_ledger_has_it()
    {
        var refused = (await ShellAsync("echo never", "--environment", "production")).Expect(3);
        var reason = $"orders are missing {Guid.NewGuid():N}";
        var run = (await ShellAsync("exit 4", "--environment", "production", "--reason", reason)).Expect(0);
        var recorded = (await serving.Door.Ledger.ReadRehearsalsAsync(await serving.Installation.ServingAsync(), cancellation))
            .Concat(await serving.Door.Ledger.ReadRehearsalsAsync(await serving.OtherAsync(), cancellation));

        Assert.Contains("production: a shell there needs a reason, which the ledger keeps; pass --reason with why", refused.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("never", refused.Output, StringComparison.Ordinal);
        Assert.Contains(": the shell ended with 4", run.Output, StringComparison.Ordinal);
        Assert.Contains(recorded, each => each is { Check: "shell", Environment: "production" } && each.Detail.EndsWith(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_in_a_reason_is_in_no_text_of_the_ledger_in_whatever_form()
    {
        const string Secret = "test_quotedInAReason4711";
        string[] forms = [Secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret))];
        serving.Installation.Environment["PRODUCTION_SHOP_PAYMENT_KEY"] = Secret;
        try
        {
            var run = (await ShellAsync("exit 0", "--environment", "production", "--reason", $"so: {string.Join(" and ", forms)}")).Expect(0);

            Assert.All(forms, form => Assert.DoesNotContain(form, run.Everything, StringComparison.Ordinal));
        }
        finally
        {
            serving.Installation.Environment.Remove("PRODUCTION_SHOP_PAYMENT_KEY");
        }
        var rows = await serving.Door.ReadRowsAsync(cancellation);
        Assert.Contains(rows, row => row.Contains("so: *** and *** and ***", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.All(forms, form => Assert.DoesNotContain(form, row, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Prune_takes_nothing_of_what_serves_and_of_what_a_rollback_needs()
    {
        var run = (await serving.Installation.RunAsync("--target", "Prune", "--environment", "production", "--keep", "1")).Expect(0);

        Assert.Contains("the present release and up to 1 before it stay", run.Output, StringComparison.Ordinal);
        Assert.Equal("healthy", await serving.Installation.StateAsync("production"));
    }

    [Fact]
    public async Task Prune_by_a_ledger_that_knows_of_no_release_there_is_refused_with_the_instances_that_run()
    {
        var before = serving.Installation.Environment.GetValueOrDefault("PIPELINE_LEDGER");
        await using var other = new TestServer();
        await other.InitializeAsync();
        serving.Installation.Environment["PIPELINE_LEDGER"] = (await other.CreateDatabaseAsync()).Url;
        try
        {
            var run = (await serving.Installation.RunAsync("--target", "Prune", "--environment", "production", "--keep", "1")).Expect(1);

            Assert.Matches("production: the ledger knows of no release that served there, and yet there is production-(blue|green)-1, production-", run.Everything);
            Assert.Contains(": nothing was removed; name the ledger of those who deployed it (PIPELINE_LEDGER), or deploy there first", run.Everything, StringComparison.Ordinal);
        }
        finally
        {
            if (before is null)
                serving.Installation.Environment.Remove("PIPELINE_LEDGER");
            else
                serving.Installation.Environment["PIPELINE_LEDGER"] = before;
        }
    }

    private Task<RunResult> ShellAsync(string input, params string[] arguments) => ShellRun.TypeAsync(serving.Installation, input, arguments);
}
