using Pipeline.GitHub.Rehearsal;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Rehearsal;

public sealed class WhatIsRefused
{
    [Fact]
    public async Task Everything_that_cannot_be_rehearsed_is_named_with_its_line_before_anything_runs()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              build:
                runs-on: ubuntu-24.04
                strategy:
                  matrix: { os: [a, b] }
                services: { postgres: { image: postgres } }
                steps:
                  - uses: someone/something@v1
                  - uses: actions/checkout@v5
                    with: { ssh-key: abc }
                  - run: echo ${{ nowhere.x }}
                    colour: green
                  - { uses: actions/checkout@v5, run: echo both }
              other:
                needs: [nobody]
                runs-on: ubuntu-24.04
                steps: []
            """);
        const string File = ".github/workflows/ci.yml";
        await repository.ExpectRefusedAsync(
            $"{File}:5: strategy of job build cannot be rehearsed; a matrix runs on GitHub only; rehearse a job for one of its values",
            $"{File}:7: services of job build cannot be rehearsed; containers of a job run on GitHub only; start what the job needs in a step",
            $"{File}:9: action someone/something has no stand-in and cannot be rehearsed; there are stand-ins for actions/checkout, actions/setup-dotnet, actions/upload-artifact, actions/download-artifact, actions/attest-build-provenance. Rehearse a job without it, or do in a script what it does",
            $"{File}:11: actions/checkout: its stand-in does not know the input ssh-key; it knows fetch-depth, fetch-tags, path, ref, repository, submodules, lfs, persist-credentials, token, clean, show-progress, set-safe-directory",
            $"{File}:12: run of step 3: the expression 'nowhere.x': 'nowhere' is nothing that can be read in a step; there are github, inputs, vars, needs, strategy, matrix, job, runner, env, steps, secrets",
            $"{File}:13: step 3 has a key 'colour', which means nothing to a workflow; remove or correct it",
            $"{File}:14: step 4 has both run and uses; a step is a script or an action",
            $"{File}:15: job other needs 'nobody', which is no job; there are build, other",
            $"{File}:16: the job has no steps; declare one");
    }

    [Fact]
    public async Task A_second_rehearsal_of_a_workflow_that_is_being_rehearsed_is_refused_and_says_by_whom()
    {
        using var flag = new TemporaryDirectory();
        using var repository = new SmallRepository($$"""
            on: push
            jobs:
              waits: { runs-on: ubuntu-24.04, steps: [{ run: "echo it waits; until [ -e '{{flag.Combine("flag")}}' ]; do sleep 0.1; done" }] }
            """);
        var first = repository.RehearseAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(first.IsCompleted || repository.Log.Contains("waits | it waits", StringComparison.Ordinal)), "the first rehearsal goes on", TimeSpan.FromMinutes(2));

        var fault = Assert.Single((await Assert.ThrowsAsync<RehearsalException>(() => repository.RehearseAsync())).Faults);
        Assert.StartsWith($".github/workflows/ci.yml is being rehearsed in this clone already, by mona in process {Environment.ProcessId} since ", fault, StringComparison.Ordinal);
        Assert.EndsWith("; wait until that has ended, or stop it", fault, StringComparison.Ordinal);

        await File.WriteAllTextAsync(flag.Combine("flag"), "", TestContext.Current.CancellationToken);
        repository.ExpectResults(await first, "waits success");
        await repository.ExpectAsync("waits success");
    }

    [Fact]
    public async Task A_folder_of_somebody_else_whose_owner_cannot_be_read_is_left_alone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"rehearsal-{Guid.NewGuid():N}"[..18]));
        try
        {
            // It is there, and cannot be read by anybody.
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "owner"), "/proc/self/mem");
            using var repository = new SmallRepository("on: push\njobs:\n  plain: { runs-on: ubuntu-24.04, steps: [{ run: echo }] }\n");

            await repository.ExpectAsync("plain success");

            Assert.True(Directory.Exists(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_job_beside_one_that_cannot_be_rehearsed_can_be()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              boxed: { runs-on: ubuntu-24.04, container: debian, steps: [{ run: echo }] }
              plain: { runs-on: ubuntu-24.04, steps: [{ run: echo }] }
            """);
        repository.ExpectResults(await repository.RehearseAsync(request => request with { Job = "plain" }), "plain success");
    }

    [Theory]
    [InlineData("nothing", null, null, "workflow 'nothing' is no file of .github/workflows/ in commit ")]
    [InlineData("ci", "nobody", null, "job 'nobody' is none of .github/workflows/ci.yml; there are a")]
    [InlineData("ci.yml", null, "issues", "event 'issues' does not begin .github/workflows/ci.yml; workflow_dispatch does")]
    public async Task What_is_not_there_is_named_with_what_is(string workflow, string? job, string? began, string fault)
    {
        using var repository = new SmallRepository("""
            on: workflow_dispatch
            jobs: { a: { runs-on: ubuntu-24.04, steps: [{ run: echo }] } }
            """);
        var thrown = await Assert.ThrowsAsync<Pipeline.GitHub.Rehearsal.RehearsalException>(() => repository.RehearseAsync(request => request with { Workflow = workflow, Job = job, Event = began }));
        Assert.StartsWith(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_are_held_against_what_the_workflow_declares_all_at_once()
    {
        using var repository = new SmallRepository("""
            on:
              workflow_dispatch:
                inputs:
                  environment: { type: choice, options: [staging, production], required: true, default: production }
                  reason: { required: true }
                  loud: { type: boolean, default: true }
            jobs:
              a:
                runs-on: ubuntu-24.04
                steps:
                  - { if: inputs.loud == true, run: "echo ${{ inputs.environment }} $WHY", env: { WHY: "${{ inputs.reason }}" } }
            """);
        var thrown = await Assert.ThrowsAsync<Pipeline.GitHub.Rehearsal.RehearsalException>(() =>
            repository.RehearseAsync(request => request with { Inputs = new Dictionary<string, string> { ["environment"] = "moon", ["other"] = "x" } }));
        Assert.Equal(
            ["input 'other' is none of the workflow; there are environment, reason, loud", "input environment is 'moon'; write one of staging, production", "input reason is required and not given; say --inputs reason=…"],
            thrown.Faults);

        repository.ExpectResults(await repository.RehearseAsync(request => request with { Inputs = new Dictionary<string, string> { ["reason"] = "$(touch forged) 'why'" } }), "a success");
        repository.ExpectLine("a | production $(touch forged) 'why'");
    }
}
