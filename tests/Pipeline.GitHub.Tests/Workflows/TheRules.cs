using Pipeline.GitHub.Workflows;

namespace Pipeline.GitHub.Tests.Workflows;

public sealed class TheRules
{
    private const string Checkout = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8";

    private const string Sound = """
        on: push
        permissions: {}
        jobs:
          one:
            runs-on: ubuntu-24.04
            timeout-minutes: 5
            permissions:
              contents: read # the checkout
            steps:
              - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
                with:
                  persist-credentials: false
              - run: ./build.sh --target Test
        """;

    [Fact]
    public void A_sound_workflow_has_no_finding() => Assert.Empty(Check(Sound));

    [Theory]
    [InlineData("permissions: {}\njobs", "permissions: read-all\njobs", "2:14: has no 'permissions: {}' at its top; give each job what it needs and no more")]
    [InlineData("on: push", "on: [push, pull_request_target]", "1:12: pull_request_target runs a stranger's code with this repository's secrets; use pull_request")]
    [InlineData("on: push", "on: pull_request", "1:5: checks of pull requests go on for changes that are superseded; set concurrency with a group per github.ref and cancel-in-progress")]
    [InlineData("    timeout-minutes: 5\n", "", "4:3: job one has no timeout-minutes; a hanging run would last six hours")]
    [InlineData("timeout-minutes: 5", "timeout-minutes: ${{ inputs.long }}", "6:22: job one has timeout-minutes '${{ inputs.long }}'; write a number from 1 to 360")]
    [InlineData("    permissions:\n      contents: read # the checkout\n", "", "4:3: job one does not say what its token may do; write permissions, with {} for nothing")]
    [InlineData("permissions:\n      contents: read # the checkout", "permissions: write-all", "7:18: job one asks for 'write-all'; name each permission that it needs, with the reason as a comment")]
    [InlineData("read # the checkout", "read", "8:7: job one has permission contents without a reason; write it as a comment beside it")]
    [InlineData(Checkout + " # v5.0.0", "actions/checkout@v5", "10:15: 'actions/checkout@v5' is not pinned to a full commit id; a tag can be moved")]
    [InlineData(Checkout + " # v5.0.0", Checkout, "10:15: '" + Checkout + "' does not say its version; write the tag of the commit as a comment beside it ('# v5.0.0'), which Dependabot keeps up to date")]
    [InlineData(Checkout + " # v5.0.0", "docker://alpine:3", "10:15: 'docker://alpine:3' can be another image tomorrow; name it by digest (docker://name@sha256:…)")]
    [InlineData("persist-credentials: false", "fetch-depth: 0", "10:15: checkout leaves its token in the clone; set persist-credentials: false")]
    [InlineData("run: ./build.sh --target Test", "run: ./build.sh --target Test --reason ${{ github.head_ref }}", "13:14: an expression in a script runs whatever somebody wrote into it; hand it over through env")]
    [InlineData("run: ./build.sh --target Test", "run: ./build.sh --target Test && curl x", "13:14: a step that is more than one './build.sh --target …' cannot be repeated on a laptop; make it a target, and hand over what differs as PIPELINE_ variables")]
    [InlineData("run: ./build.sh --target Test", "run: ./build.sh --target \"$TARGET\"", "13:14: a step that is more than one './build.sh --target …' cannot be repeated on a laptop; make it a target, and hand over what differs as PIPELINE_ variables")]
    [InlineData("    steps:", "    env:\n      TOKEN: ${{ secrets.TOKEN }}\n    steps:", "10:14: a secret in the env of job one is seen by all its steps; move it to the one that uses it")]
    [InlineData("permissions: {}\njobs", "permissions: {}\nenv:\n  TOKEN: ${{ secrets['TOKEN'] }}\njobs", "4:10: a secret in the env of the workflow is seen by all its jobs; move it to the step that uses it")]
    [InlineData("Test", "Test\n        env:\n          ALL: ${{ toJSON(secrets) }}", "15:16: all secrets are handed over at once; name the one that is used")]
    [InlineData("Test", "Test\n        env:\n          K: ${{ secrets.AWS_SECRET_ACCESS_KEY }}", "15:14: secrets.AWS_SECRET_ACCESS_KEY is a key of a cloud that stays valid until somebody remembers it; let the job prove who it is instead (permission id-token: write, OpenID Connect)")]
    [InlineData("Test", "Test\n        env:\n          ACTIONS_ALLOW_UNSECURE_COMMANDS: true", "15:11: ACTIONS_ALLOW_UNSECURE_COMMANDS lets output forge commands to the runner; remove it")]
    [InlineData("Test", "Test\n        shell: ${{ inputs.shell }}", "14:16: an expression chooses the shell; name it")]
    public void What_is_unsafe_is_named_with_file_line_and_remedy(string sound, string wrong, string finding)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        Assert.Equal([$"wrong.yml:{finding}"], Check(Sound.Replace(sound, wrong, StringComparison.Ordinal)).Where(each => !IsSecond(each, finding)));
    }

    [Fact]
    public void A_job_that_deploys_has_a_url_and_waits_for_others()
    {
        Assert.Equal(
            [
                "wrong.yml:5:18: job one deploys to an environment without url; write one, so that people find what was deployed, or deployment: false where GitHub shall record none",
                "wrong.yml:5:18: job one deploys and may run beside another deployment; set concurrency with a group of its own and cancel-in-progress: false",
            ],
            Check(Sound.Replace("    runs-on", "    environment: production\n    runs-on", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(
            ["wrong.yml:10:27: job one deploys, and a deployment that is cancelled midway leaves work for the next one; set cancel-in-progress: false"],
            Check(Sound.Replace("    runs-on", "    environment:\n      name: production\n      url: x\n    concurrency:\n      group: a\n      cancel-in-progress: true\n    runs-on", StringComparison.Ordinal)));
        Assert.Empty(Check(Sound.Replace("    runs-on", "    environment:\n      name: production\n      deployment: false\n    concurrency:\n      group: a\n      queue: max\n    runs-on", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("actions/cache", "", "13:15: job one publishes, and a cache may hold what somebody else put there; leave it away")]
    [InlineData("Actions/Cache/Restore", "", "13:15: job one publishes, and a cache may hold what somebody else put there; leave it away")]
    [InlineData("actions/cache/save", "", null)]
    [InlineData("actions/setup-dotnet", "cache: true", "15:18: job one publishes, and a cache may hold what somebody else put there; leave cache away")]
    [InlineData("ACTIONS/setup-java", "Cache: maven", "15:18: job one publishes, and a cache may hold what somebody else put there; leave Cache away")]
    [InlineData("actions/setup-dotnet", "cache: False", null)]
    [InlineData("actions/setup-go", "", "13:15: job one publishes, and a cache may hold what somebody else put there, which this action does unasked; set cache: false")]
    [InlineData("actions/setup-go", "go-version: '1'", "13:15: job one publishes, and a cache may hold what somebody else put there, which this action does unasked; set cache: false")]
    [InlineData("actions/setup-go", "cache: false", null)]
    [InlineData("actions/setup-node", "package-manager-cache: true", "15:34: job one publishes, and a cache may hold what somebody else put there; leave package-manager-cache away")]
    [InlineData("actions/setup-node", "package-manager-cache: false", null)]
    [InlineData("docker/build-push-action", "cache-from: type=GHA,scope=x", "15:23: job one publishes, and a cache may hold what somebody else put there; leave cache-from away")]
    [InlineData("docker/build-push-action", "cache-from: type=local,src=x", null)]
    [InlineData("docker/build-push-action", "cache-to: type=gha", null)]
    [InlineData("docker/bake-action", "set: '*.cache-from=type=gha'", "15:16: job one publishes, and a cache may hold what somebody else put there; leave set away")]
    public void A_job_that_publishes_takes_nothing_from_caches(string action, string input, string? finding)
    {
        var step = $"      - uses: {action}@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v4\n{(input.Length == 0 ? "" : $"        with:\n          {input}\n")}      - run";
        var caching = Sound.Replace("      - run", step, StringComparison.Ordinal);

        Assert.Equal(finding is null ? [] : [$"wrong.yml:{finding}"], Check(caching.Replace("contents: read", "packages: write", StringComparison.Ordinal)));
        Assert.Empty(Check(caching));
    }

    [Theory]
    [InlineData("toJSON( secrets )")]
    [InlineData("format('{0}', toJSON(secrets))")]
    [InlineData("format('it''s }} {0}', toJSON(Secrets))")]
    [InlineData("secrets.*")]
    [InlineData("secrets[inputs.name]")]
    [InlineData("secrets[format('AWS_{0}', 'SECRET_ACCESS_KEY')]")]
    [InlineData("a }} and ${{ toJSON(secrets)")]
    public void Not_all_secrets_are_handed_over_however_it_is_written(string expression) =>
        Assert.Equal(["wrong.yml:15:14: all secrets are handed over at once; name the one that is used"], Check(Reading(expression)));

    [Theory]
    [InlineData("secrets.TOKEN")]
    [InlineData("secrets [ 'TOKEN' ]")]
    [InlineData("format('the secrets of {0}', secrets.TOKEN)")]
    [InlineData("needs.one.outputs.secrets")]
    public void A_secret_by_its_name_is_none_of_the_rule(string expression) => Assert.Empty(Check(Reading(expression)));

    [Theory]
    [InlineData("secrets['AWS_ACCESS_KEY_ID']")]
    [InlineData("secrets [ 'AWS_ACCESS_KEY_ID' ]")]
    [InlineData("Secrets . AWS_ACCESS_KEY_ID")]
    public void A_stored_key_is_found_however_it_is_read(string expression) =>
        Assert.StartsWith("wrong.yml:15:14: secrets.AWS_ACCESS_KEY_ID is a key of a cloud that stays valid", Assert.Single(Check(Reading(expression))), StringComparison.Ordinal);

    [Fact]
    public void Artifacts_have_names_of_their_own_in_every_attempt()
    {
        const string Upload = "      - uses: actions/upload-artifact@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v4\n        with:\n          name: ";
        string With(params string[] names) => Sound.Replace("      - run", string.Concat(names.Select(name => $"{Upload}{name}\n")) + "      - run", StringComparison.Ordinal);

        Assert.Empty(Check(With("a-${{ github.run_attempt }}", "b-${{ github.run_attempt }}")));
        Assert.Equal(["wrong.yml:15:17: artifact 'a' is refused when the job is run again; put ${{ github.run_attempt }} into its name"], Check(With("a")));
        Assert.Equal(
            ["wrong.yml:18:17: artifact 'a-${{ github.run_attempt }}' of job one has the name of one of job one; choose another"],
            Check(With("a-${{ github.run_attempt }}", "a-${{ github.run_attempt }}")));
        Assert.Equal(
            ["wrong.yml:18:17: artifact 'a-${{ github.run_attempt }}' is the same for each os of the matrix; put ${{ matrix.os }} into its name"],
            Check(With("a-${{ github.run_attempt }}").Replace("    steps:", "    strategy:\n      matrix:\n        os: [a, b]\n    steps:", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_called_workflow_is_pinned_and_gets_only_secrets_by_name() => Assert.Equal(
        [
            "wrong.yml:6:11: 'octo/repo/.github/workflows/x.yml@main' is not pinned to a full commit id; a tag can be moved",
            "wrong.yml:7:14: job one hands over all secrets; name those that the workflow uses",
        ],
        Check("on: push\npermissions: {}\njobs:\n  one:\n    permissions: {}\n    uses: octo/repo/.github/workflows/x.yml@main\n    secrets: inherit\n"));

    [Fact]
    public void A_script_of_an_action_holds_no_expression() => Assert.Equal(
        ["wrong.yml:15:19: an expression in Script becomes part of a program, whatever somebody wrote into it; hand it over through env"],
        Check(Sound.Replace("      - run", "      - uses: actions/github-script@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v7\n        with:\n          Script: log(${{ github.event.issue.title }})\n      - run", StringComparison.Ordinal)));

    [Theory]
    [InlineData("a: [", "wrong.yml:2:1: is no YAML:")]
    [InlineData("on: &a [push, *a]", "wrong.yml:1:15: is no YAML: *a is a part of what it stands for; mend it there")]
    [InlineData("- a", "wrong.yml:1:1: is no mapping; a workflow has on, permissions and jobs")]
    [InlineData("on: push\npermissions: {}\n", "wrong.yml:1:1: has no jobs; declare one, or remove the file")]
    public void What_is_no_workflow_is_said(string text, string finding) => Assert.StartsWith(finding, Assert.Single(Check(text)), StringComparison.Ordinal);

    private static string Reading(string expression) => Sound.Replace("Test", $"Test\n        env:\n          K: ${{{{ {expression} }}}}", StringComparison.Ordinal);

    private static IEnumerable<string> Check(string text) => WorkflowRules.Check("wrong.yml", text).Select(finding => $"{finding}");

    // A script with an expression in it is also more than a plain command; an action by tag that is another one leaves checkout's inputs behind.
    private static bool IsSecond(string each, string expected) => !each.EndsWith(expected, StringComparison.Ordinal) && each.Split(':')[1] == expected.Split(':')[0] && expected.Contains("expression", StringComparison.Ordinal);
}
