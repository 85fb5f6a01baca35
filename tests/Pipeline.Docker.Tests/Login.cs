using System.Text;
using Cake.Docker;
using Pipeline.Testing;

namespace Pipeline.Docker.Tests;

public sealed class Login
{
    [Fact]
    public async Task The_password_reaches_docker_by_its_standard_input()
    {
        Needs.That(OperatingSystem.IsLinux(), "a script stands in the place of docker, to see what it is given");
        using var folder = new TemporaryDirectory();
        var docker = folder.Combine("docker");
        await File.WriteAllTextAsync(docker, $"#!/bin/sh\necho \"$@\" > '{folder.Combine("arguments")}'\ncat > '{folder.Combine("input")}'\n", new UTF8Encoding(false), TestContext.Current.CancellationToken);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        RealCake.Context().DockerLogin(new DockerRegistryLoginSettings { Username = "me", Password = "s3cret", ToolPath = docker }, "registry.example.org");
        Assert.Equal("login --username me --password-stdin registry.example.org\n", await File.ReadAllTextAsync(folder.Combine("arguments"), TestContext.Current.CancellationToken));
        Assert.Equal("s3cret", await File.ReadAllTextAsync(folder.Combine("input"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_logout_names_the_registry()
    {
        Needs.Program("docker");
        using var folder = new TemporaryDirectory();
        RealCake.Context().DockerLogout("registry.example.org");
    }
}
