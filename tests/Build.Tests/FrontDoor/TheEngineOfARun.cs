using Build.Tests.Sources;
using Pipeline.Images.Recipes;
using Pipeline.Testing;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Images;

namespace Build.Tests.FrontDoor;

/// <summary>The first line of a run says what runs the environments, and why.</summary>
public sealed class TheEngineOfARun(DockerStage stage) : IAsyncLifetime
{
    private const string Nobody = "unix:///run/nobody.sock";
    private GitClone clone = null!;
    private BuildProgram program = null!;

    public async ValueTask InitializeAsync()
    {
        clone = await GitClone.CreateAsync();
        await clone.CommitAsync();
        program = new(clone)
        {
            Variables = { ["DOCKER_HOST"] = Nobody, ["PIPELINE_STAGING_PORT"] = $"{LoopbackPort.Free()}", ["PIPELINE_PRODUCTION_PORT"] = $"{LoopbackPort.Free()}" },
        };
    }

    [Fact]
    public async Task It_is_docker_where_an_engine_answers_whether_a_base_is_named_or_can_be_made()
    {
        var expected = $"engine: docker (Docker {await AnswerAsync()} answers)";
        await SystemImages.EnsureAsync(new DotNetRecipe());

        Assert.Equal(expected, await FirstLineAsync("--base-image", Path.Combine(SystemImages.Root, "base")));
        Assert.Equal(expected, await FirstLineAsync());
    }

    [Fact]
    public async Task It_is_process_where_containers_would_have_nothing_to_stand_upon_though_an_engine_answers()
    {
        await AnswerAsync();

        Assert.Matches(
            "^engine: process \\(containers need a base image, but --base-image names none, and none can be made here: .* names no source for Debian nowhere; add the site's mirror there",
            await FirstLineAsync("--suite", "nowhere"));
    }

    [Fact]
    public async Task Docker_without_anything_for_containers_to_stand_upon_is_an_error_that_says_what_to_name()
    {
        var (code, output, error) = await program.RunAsync("--target", "BuildImage", "--engine", "docker", "--suite", "nowhere");

        Assert.Equal(1, code);
        Assert.Contains("containers need an image to stand upon, and none is named; name one with --base-image or PIPELINE_BASE_IMAGE, run with --engine process, or ", output + error, StringComparison.Ordinal);
        Assert.Contains("names no source for Debian nowhere", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_process_where_there_is_no_socket_and_where_nobody_listens_at_one_and_the_line_says_which()
    {
        Assert.Equal($"engine: process (no Docker engine answers: there is no {Nobody["unix://".Length..]})", await FirstLineAsync());

        clone.Write("left.sock", "");
        program.Variables["DOCKER_HOST"] = $"unix://{Path.Combine(clone.Path, "left.sock")}";
        Assert.StartsWith("engine: process (no Docker engine answers: docker: asking for its version: Cannot connect to the Docker daemon at unix://", await FirstLineAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target", "Status")]
    [InlineData("--target", "Down")]
    [InlineData("--target", "Status", "--environment", "production")]
    public async Task A_named_host_that_is_away_is_an_error_and_no_reason_for_processes(params string[] arguments)
    {
        var (code, output, error) = await program.RunAsync([.. arguments, "--staging-host", Nobody, "--production-host", Nobody]);

        Assert.NotEqual(0, code);
        Assert.Equal($"engine: docker (--production-host names {Nobody})", FirstLine(output));
        Assert.Contains($"{Nobody}: ", output + error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(clone.Path, ".pipeline", "environments", "production", "edge")));
    }

    [Fact]
    public async Task It_is_docker_where_hosts_are_named_for_staging_alone() =>
        Assert.Equal($"engine: docker (--staging-host names {Nobody})", await FirstLineAsync("--staging-host", Nobody));

    [Fact]
    public async Task It_is_what_an_earlier_run_put_production_on()
    {
        clone.Write(".pipeline/environments/production/engine", "docker\n");

        Assert.Equal("engine: docker (an earlier run put production there; --engine changes it)", await FirstLineAsync("--target", "Doctor"));
    }

    public ValueTask DisposeAsync()
    {
        clone.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string FirstLine(string output) => output.Split('\n', 2)[0].TrimEnd();

    // As this machine's own engine.
    private async Task<string> AnswerAsync()
    {
        var engine = await stage.EngineAsync();
        program.Variables["DOCKER_HOST"] = $"unix://{engine.Socket}";
        return (await engine.RunAsync("version", "--format", "{{.Server.Version}}")).Trim();
    }

    private async Task<string> FirstLineAsync(params string[] arguments)
    {
        var (_, output, _) = await program.RunAsync(arguments.Contains("--target") ? arguments : ["--target", "Status", .. arguments]);
        return FirstLine(output);
    }
}
