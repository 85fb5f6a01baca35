namespace Pipeline.GitHub.Tests.Rehearsal;

public sealed class RunningScripts
{
    [Fact]
    public async Task Jobs_run_in_the_order_of_their_needs_and_read_each_others_outputs()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              last:
                needs: [first]
                runs-on: ubuntu-24.04
                steps:
                  - run: echo "it was ${{ needs.first.outputs.word }}, ${{ needs.first.result }}"
              first:
                runs-on: ubuntu-24.04
                outputs:
                  word: ${{ steps.say.outputs.word }}
                steps:
                  - id: say
                    run: |
                      echo "word=two words" >> "$GITHUB_OUTPUT"
            """);
        await repository.ExpectAsync("first success", "last success");
        repository.ExpectLine("last | it was two words, success");
    }

    [Fact]
    public async Task A_step_finds_what_the_runner_sets_and_nothing_of_whoever_rehearses()
    {
        Environment.SetEnvironmentVariable("PIPELINE_ONLY_OF_THIS_MACHINE", "here");
        using var repository = new SmallRepository("""
            on: push
            env: { OF_WORKFLOW: w, SHARED: workflow }
            jobs:
              look:
                runs-on: ubuntu-24.04
                env: { SHARED: job }
                steps:
                  - run: echo "$CI $GITHUB_ACTIONS $GITHUB_JOB $GITHUB_REF_NAME $GITHUB_EVENT_NAME $GITHUB_REPOSITORY $RUNNER_OS [$PIPELINE_ONLY_OF_THIS_MACHINE] $OF_WORKFLOW $SHARED ${{ env.SHARED }} $OWN"
                    env: { OWN: "${{ env.SHARED }}-step" }
                  - run: |
                      test "$GITHUB_WORKSPACE" = "$PWD" && test -z "$(ls -A)" && test -z "$GITHUB_TOKEN" && test "$GITHUB_SERVER_URL" = "$GITHUB_API_URL" && test "$GITHUB_SHA" = "${{ github.sha }}" && grep -q '"login": "mona"' "$GITHUB_EVENT_PATH"
            """);
        await repository.ExpectAsync("look success");
        repository.ExpectLine("look | true true look main push octocat/example Linux [] w job job job-step");
    }

    [Fact]
    public async Task What_a_step_writes_into_the_files_of_the_runner_reaches_later_steps()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              files:
                runs-on: ubuntu-24.04
                steps:
                  - run: |
                      printf 'LINES<<end-1\none\ntwo\nend-1\nPLAIN=a=b\nGITHUB_SHA=forged\n' >> "$GITHUB_ENV"
                      mkdir "$RUNNER_TEMP/tools"
                      printf '#!/bin/sh\necho found on the path\n' > "$RUNNER_TEMP/tools/own-tool"
                      chmod +x "$RUNNER_TEMP/tools/own-tool"
                      echo "$RUNNER_TEMP/tools" >> "$GITHUB_PATH"
                      echo "# What happened" >> "$GITHUB_STEP_SUMMARY"
                  - run: |
                      test "$LINES" = "one
                      two"
                      test "$PLAIN" = a=b
                      test "$GITHUB_SHA" != forged
                      own-tool
            """);
        await repository.ExpectAsync("files success");
        repository.ExpectLine("files | found on the path");
        Assert.Equal("# What happened\n", await File.ReadAllTextAsync(Path.Combine(repository.Store, "summaries", "files.md"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task After_a_failure_only_steps_run_that_ask_for_it_and_outcome_and_conclusion_tell_them_apart()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              fails:
                runs-on: ubuntu-24.04
                steps:
                  - { id: allowed, continue-on-error: true, run: exit 3 }
                  - run: echo "${{ steps.allowed.outcome }} ${{ steps.allowed.conclusion }}"
                  - { id: real, run: exit 4 }
                  - run: echo never
                  - { if: always(), run: "echo always ${{ job.status }} ${{ steps.real.conclusion }}" }
                  - { if: failure(), run: echo after failure }
              skipped:
                needs: fails
                runs-on: ubuntu-24.04
                steps: [{ run: echo never }]
              told:
                needs: [fails, skipped]
                if: ${{ failure() }}
                runs-on: ubuntu-24.04
                steps: [{ run: "echo ${{ needs.fails.result }} ${{ needs.skipped.result }}" }]
            """);
        var report = await repository.ExpectAsync("fails failure", "skipped skipped", "told success");
        Assert.False(report.Succeeded);
        Assert.Equal(["success", "success", "failure", "skipped", "success", "success"], report.Jobs[0].Steps.Select(step => step.Conclusion));
        foreach (var line in new[] { "fails | failure success", "fails | always failure failure", "fails | after failure", "told | failure skipped", "fails | error: .github/workflows/ci.yml:8: the script ended with exit code 4" })
            repository.ExpectLine(line);
        Assert.DoesNotContain("never\n", repository.Log.Replace("Run echo never", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "false | true\necho went on", true)]
    [InlineData("shell: bash", "false | true\necho never", false)]
    [InlineData("shell: sh", "false\necho never", false)]
    [InlineData("shell: python", "import sys\nprint('went on', sys.version_info.major)", true)]
    [InlineData("shell: bash -x {0}", "false\necho went on", true)]
    public async Task A_script_runs_in_the_shell_that_it_names(string shell, string script, bool succeeds)
    {
        if (shell.Contains("python", StringComparison.Ordinal))
            Pipeline.Testing.Needs.Program("python");
        using var repository = new SmallRepository($$"""
            on: push
            jobs:
              run:
                runs-on: ubuntu-24.04
                steps:
                  - run: |
                      {{script.Replace("\n", "\n          ", StringComparison.Ordinal)}}
                    {{shell}}
            """);
        await repository.ExpectAsync(succeeds ? "run success" : "run failure");
        Assert.Equal(succeeds, repository.Log.Contains("run | went on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Steps_and_jobs_that_take_too_long_are_stopped_with_everything_that_they_started()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              step:
                runs-on: ubuntu-24.04
                steps:
                  - { timeout-minutes: 0.02, run: "sleep 311 & sleep 312" }
              job:
                if: always()
                needs: step
                runs-on: ubuntu-24.04
                timeout-minutes: 0.02
                steps:
                  - run: setsid sleep 313 & sleep 314
                  - run: echo never
                  - { if: cancelled(), run: echo cleaning up }
            """);
        await repository.ExpectAsync("step failure", "job cancelled");
        repository.ExpectLine("step | error: .github/workflows/ci.yml:6: the step took longer than its 0.02 minutes and was stopped");
        repository.ExpectLine("job | cleaning up");
        Assert.Empty(Sleeping("311", "312", "313", "314"));
    }

    [Fact]
    public async Task What_a_job_leaves_running_ends_with_it()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              leaves:
                runs-on: ubuntu-24.04
                steps:
                  - run: |
                      setsid env -i sleep 321 > /dev/null 2>&1 &
                      nohup sleep 322 > /dev/null 2>&1 &
                  - run: echo still there
            """);
        await repository.ExpectAsync("leaves success");
        Assert.Contains("leaves: ended what the job left running: ", repository.Log, StringComparison.Ordinal);
        Assert.Empty(Sleeping("321", "322"));
    }

    [Fact]
    public async Task A_rehearsal_that_is_cancelled_leaves_no_process_and_no_clone()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              waits:
                runs-on: ubuntu-24.04
                steps:
                  - run: "echo begun; sleep 331 & sleep 332"
                  - { if: always(), run: echo never }
            """);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var rehearsal = repository.RehearseAsync(cancellation: stop.Token);
        await Pipeline.Testing.Eventually.HoldsAsync(() => Task.FromResult(repository.Log.Contains("waits | begun", StringComparison.Ordinal)), "the step runs", TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rehearsal);
        Assert.Empty(Sleeping("331", "332"));
        var folder = repository.Log.Split("clones are in ")[1].Split('\n')[0];
        Assert.False(Directory.Exists(folder), folder);
    }

    private static IEnumerable<string> Sleeping(params string[] seconds) => Directory.EnumerateDirectories("/proc").Select(CommandLine).Where(line => seconds.Any(each => line == $"sleep\0{each}\0"));

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
