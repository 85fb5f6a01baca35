using Cake.Core.IO;
using Cake.Docker;

namespace Pipeline.Docker.Tests;

public sealed class Arguments
{
    [Fact]
    public void Properties_become_options_in_the_words_of_docker_in_the_order_of_the_class() => Assert.Equal(
        "--build-arg \"A=1\" --build-arg \"B=two words\" --file \"other/Dockerfile\" --no-cache --rm=false --tag \"shop:1\"",
        Render(new DockerImageBuildSettings { Tag = ["shop:1"], NoCache = true, Rm = false, File = "other/Dockerfile", BuildArg = ["A=1", "B=two words"] }));

    [Fact]
    public void Numbers_are_written_as_they_are_everywhere() =>
        Assert.Equal("--pids-limit 1000", Render(new DockerContainerRunSettings { PidsLimit = 1000 }));

    [Fact]
    public void What_is_not_set_is_not_said() => Assert.Equal("", Render(new DockerContainerRunSettings()));

    [Fact]
    public void A_password_is_never_an_argument() =>
        Assert.Equal("--username \"me\" --password-stdin", Render(new DockerRegistryLoginSettings { Username = "me", Password = "s3cret" }));

    private static string Render(AutoToolSettings settings)
    {
        var arguments = new ProcessArgumentBuilder();
        Options.AppendTo(arguments, settings);
        return arguments.Render();
    }
}
