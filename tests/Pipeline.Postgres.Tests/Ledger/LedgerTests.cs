using Npgsql;
using Pipeline.Delivery;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Ledger;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Ledger;

public sealed class LedgerTests(TestServer server) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualClock clock = new(Start);
    private NpgsqlDataSource source = null!;
    private PostgresLedger ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        source = NpgsqlDataSource.Create((await server.CreateDatabaseAsync()).ConnectionString);
        ledger = new PostgresLedger(source, clock);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    [Fact]
    public async Task A_deployment_is_read_back_with_its_release_its_steps_and_its_end()
    {
        var release = Samples.Release('a');
        var begun = await ledger.BeginAsync(Samples.Request(release), Colour.Green, new(7), Cancellation);
        await ledger.RecordGatesAsync(begun.Id, [new("window", GateOutcome.Warned, "it is Monday"), new("tests", GateOutcome.Passed, "12 of 12")], new(7), Cancellation);
        await ledger.RecordApprovalAsync(begun.Id, new("mia@github", ApprovalMeans.Protection, "ship it", Start), new(7), Cancellation);
        await ledger.RecordStepsAsync(begun.Id, [new("migrate", StepPhase.Started, Start, null)], new(7), Cancellation);
        await ledger.RecordStepsAsync(begun.Id, [new("migrate", StepPhase.Finished, Start.AddSeconds(1), "2 applied")], new(7), Cancellation);
        clock.Now = Start.AddMinutes(1);
        await ledger.FinishAsync(begun.Id, DeploymentOutcome.RolledBack, "20 % of requests failed", new(7), Cancellation);

        var read = Assert.Single(await ledger.ReadHistoryAsync("production", 10, Cancellation));

        Assert.Equivalent(release, read.Release, strict: true);
        Assert.Equal((Colour.Green, DeploymentKind.Deploy, "ada@host", "because", Start), (read.Colour, read.Kind, read.By, read.Reason, read.StartedAt));
        Assert.Equal((DeploymentOutcome.RolledBack, "20 % of requests failed", Start.AddMinutes(1)), (read.Outcome, read.Detail, read.FinishedAt));
        Assert.Equal([new("migrate", StepPhase.Started, Start, null), new("migrate", StepPhase.Finished, Start.AddSeconds(1), "2 applied")], read.Steps);
        Assert.Equal(new("mia@github", ApprovalMeans.Protection, "ship it", Start), read.Approval);
        Assert.Null(await ledger.FindUnfinishedAsync("production", Cancellation));
    }

    [Fact]
    public async Task No_text_is_recorded_with_a_secret_in_it()
    {
        const string secret = "sesame4711";
        var hiding = new PostgresLedger(source, clock) { Hide = text => text.Replace(secret, "***", StringComparison.Ordinal) };
        var release = Samples.Release('a');
        var begun = await hiding.BeginAsync(Samples.Request(release) with { By = $"mia {secret}", Reason = $"because {secret}" }, Colour.Green, new(7), Cancellation);
        await hiding.RecordGatesAsync(begun.Id, [new("window", GateOutcome.Warned, secret)], new(7), Cancellation);
        await hiding.RecordApprovalAsync(begun.Id, new($"{secret}@github", ApprovalMeans.Protection, secret, Start), new(7), Cancellation);
        await hiding.RecordStepsAsync(begun.Id, [new("migrate", StepPhase.Started, Start, null), new("migrate", StepPhase.Failed, Start, $"no entry for {secret}")], new(7), Cancellation);
        await hiding.FinishAsync(begun.Id, DeploymentOutcome.RolledBack, $"docker said {secret}", new(7), Cancellation);
        await hiding.RecordRehearsalAsync(release, new(release.Digest, "staging", "smoke", Passed: false, Start, secret, $"401 with {secret}"), Cancellation);

        var texts = new List<string>();
        foreach (var table in await TablesAsync())
            texts.AddRange(await ReadAsync($"select row_to_json(rows)::text from pipeline_ledger.\"{table}\" rows"));
        Assert.All(texts, text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Equal(6, texts.Count(text => text.Contains("***", StringComparison.Ordinal)));

        Task<IReadOnlyList<string>> TablesAsync() => ReadAsync("select table_name::text from information_schema.tables where table_schema = 'pipeline_ledger' and table_type = 'BASE TABLE'");

        async Task<IReadOnlyList<string>> ReadAsync(string query)
        {
            await using var command = source.CreateCommand(query);
            await using var rows = await command.ExecuteReaderAsync(Cancellation);
            var read = new List<string>();
            while (await rows.ReadAsync(Cancellation))
                read.Add(rows.GetString(0));
            return read;
        }
    }

    [Fact]
    public async Task An_approval_is_recorded_once_under_the_lock_and_before_the_end()
    {
        var begun = await ledger.BeginAsync(Samples.Request(Samples.Release('a')), Colour.Blue, new(5), Cancellation);
        var approval = new Approval("mia@laptop", ApprovalMeans.Prompt, null, Start);

        await Assert.ThrowsAsync<DeliveryException>(() => ledger.RecordApprovalAsync(begun.Id, approval, new(4), Cancellation));
        await ledger.RecordApprovalAsync(begun.Id, approval, new(5), Cancellation);
        await Assert.ThrowsAsync<DeliveryException>(() => ledger.RecordApprovalAsync(begun.Id, approval with { By = "bob" }, new(5), Cancellation));
        await ledger.FinishAsync(begun.Id, DeploymentOutcome.Succeeded, null, new(5), Cancellation);

        Assert.Equal(approval, (await ledger.ReadReleasesAsync("production", Cancellation)).Current!.Approval);
    }

    [Fact]
    public async Task Moments_recorded_at_once_keep_their_order_and_one_token_too_old_lets_none_in()
    {
        var begun = await ledger.BeginAsync(Samples.Request(Samples.Release('a')), Colour.Blue, new(5), Cancellation);
        StepRecord[] moments = [new("route", StepPhase.Finished, Start, "done"), new("smoke", StepPhase.Started, Start, null), new("smoke", StepPhase.Failed, Start, "it's \"bad\"")];

        await ledger.RecordStepsAsync(begun.Id, moments, new(6), Cancellation);
        await Assert.ThrowsAsync<DeliveryException>(() => ledger.RecordStepsAsync(begun.Id, moments, new(5), Cancellation));

        Assert.Equal(moments, (await ledger.FindUnfinishedAsync("production", Cancellation))!.Steps);
    }

    [Fact]
    public async Task What_can_be_returned_to_is_what_succeeded()
    {
        await FinishedAsync('a', 1);
        await FinishedAsync('b', 2);
        var failed = await ledger.BeginAsync(Samples.Request(Samples.Release('c')), Colour.Blue, new(3), Cancellation);
        await ledger.FinishAsync(failed.Id, DeploymentOutcome.Undone, "never ready", new(3), Cancellation);

        var releases = await ledger.ReadReleasesAsync("production", Cancellation);

        Assert.Equal((Samples.Release('b').Digest, Samples.Release('a').Digest), (releases.Current?.Release.Digest, releases.Previous?.Release.Digest));
        Assert.Null((await ledger.ReadReleasesAsync("staging", Cancellation)).Current);
    }

    [Fact]
    public async Task A_deployment_without_an_end_is_found_in_its_own_environment_only()
    {
        var begun = await ledger.BeginAsync(Samples.Request(Samples.Release('a')), Colour.Blue, new(1), Cancellation);

        Assert.Equal(begun.Id, (await ledger.FindUnfinishedAsync("production", Cancellation))?.Id);
        Assert.Null(await ledger.FindUnfinishedAsync("staging", Cancellation));
    }

    [Fact]
    public async Task A_second_deployment_may_not_begin_before_the_first_has_ended()
    {
        var first = await ledger.BeginAsync(Samples.Request(Samples.Release('a')), Colour.Blue, new(1), Cancellation);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => ledger.BeginAsync(Samples.Request(Samples.Release('b')), Colour.Green, new(2), Cancellation));

        Assert.EndsWith($"production: deployment {first.Id} never ended, so no other may begin; run again, which ends it first", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_deployment_comes_first_even_when_the_clock_jumped_back()
    {
        var first = await FinishedAsync('a', 1);
        clock.Now = Start.AddYears(-1);
        var second = await FinishedAsync('b', 2);
        clock.Now = Start.AddYears(1);
        var third = await FinishedAsync('c', 3);

        Assert.Equal([third, second, first], (await ledger.ReadHistoryAsync("production", 10, Cancellation)).Select(record => record.Id));
        Assert.Equal([third], (await ledger.ReadHistoryAsync("production", 1, Cancellation)).Select(record => record.Id));
    }

    [Fact]
    public async Task A_writer_whose_token_was_overtaken_is_refused_and_both_tokens_are_named()
    {
        var begun = await ledger.BeginAsync(Samples.Request(Samples.Release('a')), Colour.Blue, new(5), Cancellation);
        await ledger.RecordStepsAsync(begun.Id, [new("start", StepPhase.Started, Start, null)], new(6), Cancellation);
        const string Refusal = "production: a write with fencing token 5 is refused, because token 6 was handed out since: another run has taken over; run again";

        foreach (var write in new Func<Task>[]
        {
            () => ledger.RecordStepsAsync(begun.Id, [new("start", StepPhase.Finished, Start, null)], new(5), Cancellation),
            () => ledger.RecordGatesAsync(begun.Id, [new("gate", GateOutcome.Passed, "")], new(5), Cancellation),
            () => ledger.FinishAsync(begun.Id, DeploymentOutcome.Succeeded, null, new(5), Cancellation),
            () => ledger.BeginAsync(Samples.Request(Samples.Release('a')), Colour.Blue, new(5), Cancellation),
        })
            Assert.EndsWith(Refusal, (await Assert.ThrowsAsync<DeliveryException>(write)).Message, StringComparison.Ordinal);
        Assert.Single((await ledger.FindUnfinishedAsync("production", Cancellation))!.Steps);
    }

    [Fact]
    public async Task Tokens_of_one_environment_do_not_fence_another()
    {
        await ledger.BeginAsync(Samples.Request(Samples.Release('a')), Colour.Blue, new(9), Cancellation);

        var staging = await ledger.BeginAsync(Samples.Request(Samples.Release('a'), Samples.Staging), Colour.Blue, new(2), Cancellation);

        Assert.Equal("staging", staging.Environment);
    }

    [Fact]
    public async Task A_deployment_that_ended_takes_no_more_steps_and_no_second_end()
    {
        var id = await FinishedAsync('a', 1);

        var step = await Assert.ThrowsAsync<DeliveryException>(() => ledger.RecordStepsAsync(id, [new("late", StepPhase.Started, Start, null)], new(1), Cancellation));
        var end = await Assert.ThrowsAsync<DeliveryException>(() => ledger.FinishAsync(id, DeploymentOutcome.Failed, null, new(1), Cancellation));

        Assert.EndsWith($"deployment {id} to production ended already (succeeded); begin a new one", step.Message, StringComparison.Ordinal);
        Assert.EndsWith($"deployment {id} to production ended already (succeeded); begin a new one", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_of_a_deployment_that_nobody_began_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => ledger.RecordStepsAsync(404, [new("x", StepPhase.Started, Start, null)], new(1), Cancellation));

        Assert.EndsWith("deployment 404 is not known; begin it first", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_is_found_by_digest_by_its_beginning_and_by_version()
    {
        await FinishedAsync('a', 1, "1.2.0");
        await FinishedAsync('b', 1, "1.3.0");

        foreach (var text in new[] { "sha256:" + new string('a', 64), "sha256:aaa", "aaaa", "1.2.0" })
            Assert.Equal("1.2.0", (await ledger.FindReleaseAsync(text, Cancellation))?.Version);
        Assert.Null(await ledger.FindReleaseAsync("1.4.0", Cancellation));
        Assert.Null(await ledger.FindReleaseAsync("%", Cancellation));
    }

    [Fact]
    public async Task A_text_that_fits_several_releases_is_refused_and_they_are_listed()
    {
        await FinishedAsync('a', 1);
        await FinishedAsync('b', 1);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => ledger.FindReleaseAsync("1.0.0", Cancellation));

        Assert.Equal(
            $"release 1.0.0: fits sha256:{new string('a', 64)} (version 1.0.0), sha256:{new string('b', 64)} (version 1.0.0); name one by more of its digest", refusal.Message);
    }

    [Fact]
    public async Task A_known_digest_with_another_version_is_refused()
    {
        await FinishedAsync('a', 1, "1.0.0");

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => ledger.BeginAsync(Samples.Request(Samples.Release('a', "2.0.0")), Colour.Blue, new(1), Cancellation));

        Assert.Equal(
            $"release sha256:{new string('a', 64)}: the ledger knows it otherwise (version 1.0.0 there, 2.0.0 here); read version, commit and migrations from the artifact itself",
            refusal.Message);
    }

    [Fact]
    public async Task Evidence_is_read_newest_first_and_brings_its_release_along()
    {
        var release = Samples.Release('e');
        var failed = new Rehearsal(release.Digest, "staging", "smoke", Passed: false, Start, "ada", "login answered 500");
        var passed = failed with { Passed = true, At = Start.AddHours(-1), Detail = "5 of 5" };

        await ledger.RecordRehearsalAsync(release, failed, Cancellation);
        await ledger.RecordRehearsalAsync(release, passed, Cancellation);

        Assert.Equal([passed, failed], await ledger.ReadRehearsalsAsync(release.Digest, Cancellation));
        Assert.Equal(release.Version, (await ledger.FindReleaseAsync("eee", Cancellation))?.Version);
    }

    private async Task<long> FinishedAsync(char digit, long token, string version = "1.0.0")
    {
        var begun = await ledger.BeginAsync(Samples.Request(Samples.Release(digit, version)), Colour.Blue, new(token), Cancellation);
        await ledger.FinishAsync(begun.Id, DeploymentOutcome.Succeeded, null, new(token), Cancellation);
        return begun.Id;
    }
}
