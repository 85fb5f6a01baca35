using Pipeline.GitHub.Rehearsal;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Rehearsal;

public sealed class StandInsForActions
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task A_checkout_brings_the_commit_and_nothing_that_was_not_committed()
    {
        using var repository = new SmallRepository("""
            on: { push: { branches: [release] } }
            jobs:
              shallow:
                runs-on: ubuntu-24.04
                steps:
                  - uses: actions/checkout@v5
                  - run: |
                      test "$(cat a.txt)" = two
                      test ! -e new.txt
                      test "$(git rev-list --count HEAD)" = 1
                      test "$(git rev-parse HEAD)" = "$GITHUB_SHA"
                      test "$(git branch --show-current)" = release
                      git remote get-url origin
                      test -z "$(git status --porcelain)"
              whole:
                runs-on: ubuntu-24.04
                steps:
                  - { uses: actions/checkout@v5, with: { fetch-depth: 0, path: inside } }
                  - { working-directory: inside, run: "test $(git rev-list --count HEAD) = 2 && git describe --tags" }
            """, ("a.txt", "one"));
        repository.Git("tag", "v1");
        repository.Write("a.txt", "two");
        repository.Commit("The second");
        repository.Write("a.txt", "three");
        repository.Write("new.txt", "");

        await repository.ExpectAsync("shallow success", "whole success");
        repository.ExpectLine("not part of it, since not committed: a.txt, new.txt");
        repository.ExpectLine("shallow | https://github.com/octocat/example");
        Assert.Matches(@"whole \| v1-1-g[0-9a-f]+", repository.Log);
    }

    [Fact]
    public async Task Artifacts_go_from_job_to_job_by_number_and_by_name_as_an_archive_keeps_them()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              makes:
                runs-on: ubuntu-24.04
                outputs: { id: "${{ steps.up.outputs.artifact-id }}" }
                steps:
                  - run: |
                      mkdir -p .state/evidence .state/artifacts/.hidden out/sub
                      echo e > .state/evidence/e; echo a > .state/artifacts/.hidden/a; echo o > out/sub/o; echo skip > out/sub/o.tmp
                      chmod +x out/sub/o
                  - id: up
                    uses: actions/upload-artifact@v4
                    with: { name: state, include-hidden-files: true, path: ".state/evidence\n.state/artifacts", if-no-files-found: error }
                  - { uses: actions/upload-artifact@v4, with: { name: out, path: "out/**\n!out/**/*.tmp" } }
                  - { uses: actions/upload-artifact@v4, with: { name: one, path: out/sub/o } }
                  - { id: none, uses: actions/upload-artifact@v4, with: { name: none, path: .state/artifacts/.hidden } }
                  - run: test -z "${{ steps.none.outputs.artifact-id }}"
              takes:
                needs: makes
                runs-on: ubuntu-24.04
                steps:
                  - { uses: actions/download-artifact@v5, with: { artifact-ids: "${{ needs.makes.outputs.id }}", path: .again } }
                  - { uses: actions/download-artifact@v5, with: { name: out } }
                  - { uses: actions/download-artifact@v5, with: { path: all } }
                  - run: |
                      test "$(cat .again/evidence/e .again/artifacts/.hidden/a)" = "e
                      a"
                      test "$(cat sub/o)" = o && test ! -x sub/o && test ! -e sub/o.tmp
                      test "$(cat all/one/o)" = o && test -e all/state/evidence/e
              lacks:
                needs: makes
                runs-on: ubuntu-24.04
                steps: [{ uses: actions/download-artifact@v5, with: { artifact-ids: "${{ needs.makes.outputs.forgotten }}" } }]
            """);
        await repository.ExpectAsync("makes success", "takes success", "lacks failure");
        Assert.Contains("makes | warning: no files were found at .state/artifacts/.hidden; names that begin with a dot count only with include-hidden-files", repository.Log, StringComparison.Ordinal);
        Assert.Contains("lacks | error: .github/workflows/ci.yml:33: artifact-ids is empty; what was to hand the number on wrote none. There are state (101), out (102), one (103)", repository.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ name: a/b, path: a.txt }", "the artifact's name 'a/b' has a character in it that no artifact's name may have")]
    [InlineData("{ name: twice, path: a.txt }", "there is an artifact 'twice' in this run already; give each its own name, or overwrite: true")]
    [InlineData("{ path: nothing, if-no-files-found: error }", "no files were found at nothing")]
    [InlineData("{ path: a.txt, overwrite: maybe }", "overwrite is 'maybe'; write true or false")]
    public async Task An_upload_that_GitHub_would_refuse_fails(string with, string fault)
    {
        using var repository = new SmallRepository($$"""
            on: push
            jobs:
              up:
                runs-on: ubuntu-24.04
                steps:
                  - uses: actions/checkout@v5
                  - { uses: actions/upload-artifact@v4, with: { name: twice, path: a.txt } }
                  - { uses: actions/upload-artifact@v4, with: {{with}} }
            """, ("a.txt", ""));
        await repository.ExpectAsync("up failure");
        Assert.Contains($"up | error: .github/workflows/ci.yml:8: {fault}", repository.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ id-token: write, attestations: write }", Digest, null)]
    [InlineData("{ id-token: write, attestations: write }", "sha256:1", "subject-digest is 'sha256:1'; write sha256: and 64 hexadecimal digits")]
    [InlineData("{ id-token: write }", Digest, "the job may do id-token: write; an attestation needs the permission attestations: write")]
    public async Task An_attestation_needs_a_digest_and_permissions(string permissions, string digest, string? fault)
    {
        using var repository = new SmallRepository($$"""
            on: push
            jobs:
              attest:
                runs-on: ubuntu-24.04
                permissions: {{permissions}}
                steps:
                  - { uses: actions/attest-build-provenance@v3, with: { subject-name: shop, subject-digest: "{{digest}}" } }
            """);
        await repository.ExpectAsync(fault is null ? "attest success" : "attest failure");
        if (fault is null)
            Assert.Contains(digest, await File.ReadAllTextAsync(Path.Combine(repository.Store, "attestations", "1.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        else
            repository.ExpectLine($"attest | error: .github/workflows/ci.yml:7: {fault}");
    }

    [Theory]
    [InlineData("10.0.100", true)]
    [InlineData("99.0.100", false)]
    public async Task The_SDK_that_global_json_asks_for_must_be_on_this_machine(string version, bool isThere)
    {
        Needs.Program("dotnet");
        using var repository = new SmallRepository("""
            on: push
            jobs:
              sdk:
                runs-on: ubuntu-24.04
                permissions: { contents: read }
                steps:
                  - uses: actions/checkout@v5
                  - { uses: actions/setup-dotnet@v5, with: { global-json-file: global.json } }
            """, ("global.json", $$"""{ "sdk": { "version": "{{version}}", "rollForward": "latestMinor" } }"""));
        await repository.ExpectAsync(isThere ? "sdk success" : "sdk failure");
    }

    [Fact]
    public async Task A_job_that_failed_goes_on_alone_with_what_the_others_handed_on_until_there_is_another_commit()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              makes:
                runs-on: ubuntu-24.04
                outputs: { id: "${{ steps.up.outputs.artifact-id }}", stamp: "${{ steps.stamp.outputs.stamp }}" }
                steps:
                  - { id: stamp, run: "date +%s%N > stamp; echo stamp=$(cat stamp) >> $GITHUB_OUTPUT" }
                  - { id: up, uses: actions/upload-artifact@v4, with: { name: "made-${{ github.run_attempt }}", path: stamp } }
              deploys:
                needs: makes
                runs-on: ubuntu-24.04
                steps:
                  - { uses: actions/download-artifact@v5, with: { artifact-ids: "${{ needs.makes.outputs.id }}" } }
                  - run: test "$(cat stamp)" = "${{ needs.makes.outputs.stamp }}" && test "${{ vars.HOST_IS }}" = back && echo "attempt $GITHUB_RUN_ATTEMPT of $(cat stamp)"
            """);
        repository.ExpectResults(await repository.RehearseAsync(request => request with { Job = "deploys" }), "makes success", "deploys failure");

        var again = await Back();
        repository.ExpectResults(again, "makes success", "deploys success");
        Assert.Equal("taken from the last rehearsal of this commit", again.Jobs[0].Remark);
        Assert.Matches("attempt 2 of \\d+", repository.Log);

        repository.Write("another", "");
        repository.Commit("Another");
        Assert.Equal("", (await Back()).Jobs[0].Remark);

        Task<RehearsalReport> Back() => repository.RehearseAsync(request => request with
        {
            Job = "deploys",
            Variables = new(new Dictionary<string, string> { ["HOST_IS"] = "back" }, _ => new Dictionary<string, string>()),
        });
    }

    [Fact]
    public async Task With_evidence_a_job_without_needs_begins_with_folders_of_this_clone()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              begins: { runs-on: ubuntu-24.04, steps: [{ uses: actions/checkout@v5 }, { run: cat .pipeline/evidence/one }] }
              later: { needs: begins, runs-on: ubuntu-24.04, steps: [{ uses: actions/checkout@v5 }, { run: test ! -e .pipeline }] }
            """, (".gitignore", "/kept"));
        repository.Write("kept/one", "evidence of this clone");
        var report = await repository.RehearseAsync(request => request with { BeginsWith = new Dictionary<string, string> { [".pipeline/evidence"] = Path.Combine(repository.Folder, "kept") } });
        repository.ExpectResults(report, "begins success", "later success");
        repository.ExpectLine("begins | evidence of this clone");
        repository.ExpectLine("other than on any runner: jobs that need no other begin with .pipeline/evidence of this clone");
    }

    [Fact]
    public async Task Every_job_has_files_and_folders_of_this_clone_that_may_still_be_run()
    {
        using var repository = new SmallRepository("""
            on: push
            jobs:
              begins: { runs-on: ubuntu-24.04, steps: [{ uses: actions/checkout@v5 }, { run: .pipeline/build/program/start }] }
              later: { needs: begins, runs-on: ubuntu-24.04, steps: [{ uses: actions/checkout@v5 }, { run: .pipeline/build/program/start && cat .pipeline/build/current }] }
            """, (".gitignore", "/kept"));
        repository.Write("kept/program/start", "#!/bin/sh\necho started\n");
        repository.Write("kept/current", "the word of what it is made from");
        var program = Path.Combine(repository.Folder, "kept", "program", "start");
        File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
        var report = await repository.RehearseAsync(request => request with
        {
            EveryJobHas = new Dictionary<string, string>
            {
                [".pipeline/build/program"] = Path.GetDirectoryName(program)!,
                [".pipeline/build/current"] = Path.Combine(repository.Folder, "kept", "current"),
            },
        });
        repository.ExpectResults(report, "begins success", "later success");
        repository.ExpectLine("begins | started");
        repository.ExpectLine("later | the word of what it is made from");
        repository.ExpectLine("other than on any runner: every job has .pipeline/build/program and .pipeline/build/current of this clone");
    }
}
