namespace Pipeline.GitHub.Tests.Rehearsal;

public sealed class SecretsAndCommands
{
    [Fact]
    public async Task A_job_gets_the_secrets_and_variables_that_it_reads_and_shows_none()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              deploy:
                runs-on: ubuntu-24.04
                environment: production
                outputs: { key: "${{ steps.out.outputs.key }}", word: "${{ steps.out.outputs.word }}" }
                steps:
                  - run: |
                      test "$KEY" = "of production"
                      test "$HOST" = tcp://production
                      test -z "$MISSING"
                      echo "key $KEY, in base64 $(printf %s "$KEY" | base64), lines $LINES"
                      env | grep -c UNDECLARED || true
                    env:
                      KEY: ${{ secrets.KEY }}
                      LINES: ${{ secrets.LINES }}
                      MISSING: ${{ secrets.MISSING }}
                      HOST: ${{ vars.HOST }}
                  - id: out
                    run: |
                      echo "key=$KEY" >> "$GITHUB_OUTPUT"
                      echo "word=plain" >> "$GITHUB_OUTPUT"
                      echo "$KEY" >> "$GITHUB_STEP_SUMMARY"
                    env: { KEY: "${{ secrets.KEY }}" }
              next:
                needs: deploy
                runs-on: ubuntu-24.04
                steps: [{ run: "echo [${{ needs.deploy.outputs.key }}] ${{ needs.deploy.outputs.word }}" }]
            """);
        var secrets = new Dictionary<string, string> { ["KEY"] = "of repository", ["LINES"] = "line one\nline two", ["UNDECLARED"] = "undeclared secret" };
        var report = await repository.RehearseAsync(request => request with
        {
            Secrets = new(secrets, environment => new Dictionary<string, string> { ["KEY"] = $"of {environment}" }),
            Variables = new(new Dictionary<string, string> { ["HOST"] = "tcp://nowhere" }, environment => new Dictionary<string, string> { ["HOST"] = $"tcp://{environment}" }),
        });
        repository.ExpectResults(report, "deploy success", "next success");
        repository.ExpectLine("deploy | key ***, in base64 ***, lines ***");
        repository.ExpectLine("deploy | ***");
        repository.ExpectLine("deploy: secrets that are not given and arrive empty: MISSING");
        repository.ExpectLine("deploy: environment production: GitHub would wait here for whoever protects it; taken as approved by mona");
        repository.ExpectLine("next | [] plain");
        foreach (var file in Directory.EnumerateFiles(repository.Store, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("of production", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("of production", repository.Log, StringComparison.Ordinal);
        Assert.Contains("of production", repository.Masked);
        Assert.DoesNotContain("undeclared secret", repository.Masked);
    }

    [Fact]
    public async Task Commands_in_the_output_are_obeyed_until_they_are_stopped()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              speaks:
                runs-on: ubuntu-24.04
                steps:
                  - id: says
                    run: |
                      echo "::add-mask::hush hush"
                      echo "they say hush hush"
                      echo "::error file=src/A.cs,line=3,col=5::too%0Along%25"
                      echo "::group::inside"
                      echo "::endgroup::"
                      echo "::stop-commands::a-token"
                      echo "::error::only a text"
                      echo "::a-token::"
                      echo "::stop-commands::a-token"
                      echo "::set-output name=stopped::value"
                      echo "::a-token::"
                      echo "::set-output name=old::a value"
                      echo "before ##[warning file=src/B.cs;line=4]older"
                      echo "no ##[order] at all"
                  - run: test "${{ steps.says.outputs.old }}${{ steps.says.outputs.stopped }}" = "a value"
                  - run: echo "::set-env name=A::b"
            """);
        await repository.ExpectAsync("speaks failure");
        foreach (var line in new[]
        {
            "speaks | they say ***", "speaks | error: src/A.cs:3:5: too\nlong%".Split('\n')[0], "speaks | ▾ inside", "speaks | ::error::only a text",
            "speaks | warning: set-output is deprecated and obeyed for the time being; write to the file that GITHUB_OUTPUT names",
            "speaks | warning: src/B.cs:4: older", "speaks | no ##[order] at all",
            "speaks | error: set-env is no command any more; write to the file that GITHUB_ENV names",
        })
            repository.ExpectLine(line);
    }

    [Theory]
    [InlineData("echo no-name >> \"$GITHUB_OUTPUT\"", "GITHUB_OUTPUT: line 1 is neither name=value nor name<<END")]
    [InlineData("printf 'A<<END\\nopen\\n' >> \"$GITHUB_ENV\"", "GITHUB_ENV: what begins at line 1 has no end; close it with a line 'END'")]
    [InlineData("echo NODE_OPTIONS=x >> \"$GITHUB_ENV\"", "GITHUB_ENV: NODE_OPTIONS may not be set by a step; set it with env where it is needed")]
    [InlineData("head -c 1100000 /dev/zero >> \"$GITHUB_STEP_SUMMARY\"", "GITHUB_STEP_SUMMARY has 1100000 bytes; GitHub takes 1048576 of each step")]
    public async Task A_file_of_the_runner_with_something_else_in_it_fails_the_step(string script, string fault)
    {
        using var repository = new SmallRepository($$"""
            on: push
            jobs:
              writes:
                runs-on: ubuntu-24.04
                steps:
                  - run: |
                      {{script}}
            """);
        await repository.ExpectAsync("writes failure");
        repository.ExpectLine($"writes | error: .github/workflows/ci.yml:6: {fault}");
    }
}
