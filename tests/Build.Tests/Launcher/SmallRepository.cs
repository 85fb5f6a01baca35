using System.Diagnostics;
using Pipeline.Testing;

namespace Build.Tests.Launcher;

/// <summary>
/// A git clone with the launcher and the shared build files of this repository and a build program of two small projects: what the launcher
/// does is the same as with the large one. It is compiled once; each test takes a copy, whose files then all have changed without differing.
/// </summary>
public sealed class SmallRepository : IAsyncLifetime
{
    private readonly TemporaryDirectory folder = new();

    private string Origin => folder.Combine("origin repository");

    private string Compiled => folder.Combine("compiled clone");

    public async ValueTask InitializeAsync()
    {
        Needs.Program("git");
        await WriteRuntimeAloneAsync();
        Write(Origin);
        await GitAsync(Origin, "init", "--quiet", "--initial-branch=main");
        await GitAsync(Origin, "add", "--all");
        await GitAsync(Origin, "commit", "--quiet", "--message", "A small build");
        await GitAsync(folder.Path, "clone", "--quiet", Origin, Compiled);
        var first = await new Clone(Compiled).RunAsync();
        Assert.True(first.ExitCode == 0, first.Errors);
        FirstRun = first;
    }

    public LauncherRun FirstRun { get; private set; } = null!;

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A clone that has never been compiled.</summary>
    public async Task<Clone> ColdAsync()
    {
        var path = folder.Combine($"cold clone {Guid.NewGuid():N}"[..18]);
        await GitAsync(folder.Path, "clone", "--quiet", Origin, path);
        return new Clone(path);
    }

    /// <summary>A clone that was compiled before.</summary>
    public async Task<Clone> WarmAsync()
    {
        var path = folder.Combine($"warm clone {Guid.NewGuid():N}"[..18]);
        using var copy = Process.Start("cp", ["-a", Compiled, path]);
        await copy.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Clone(path);
    }

    /// <summary>
    /// Starts a launcher on a machine whose <c>dotnet</c> can start a compiled program but has no SDK: a warm start does not miss it, and
    /// one that wants to compile fails at once.
    /// </summary>
    public async Task<LauncherRun> RunWithoutSdkAsync(Clone clone) => await Clone.RunInAsync(
        clone.Path, clone.File("build.sh"), new() { ["PATH"] = $"{folder.Combine("runtime alone")}:{Environment.GetEnvironmentVariable("PATH")}" });

    private async Task WriteRuntimeAloneAsync()
    {
        Directory.CreateDirectory(folder.Combine("runtime alone"));
        var dotnet = folder.Combine("runtime alone", "dotnet");
        await File.WriteAllTextAsync(
            dotnet, $"#!/bin/sh\ncase $1 in */Build.dll) exec '{Needs.Program("dotnet")}' \"$@\" ;; *) exit 9 ;; esac\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static async Task GitAsync(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo(
            "git", ["-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "advice.detachedHead=false", .. arguments])
        { WorkingDirectory = folder })!;
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, git.ExitCode);
    }

    private static void Write(string root)
    {
        Directory.CreateDirectory(Path.Combine(root, "build"));
        Directory.CreateDirectory(Path.Combine(root, "src", "Pipeline.Small"));
        foreach (var shared in new[] { "build.sh", "build.ps1", "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", ".editorconfig", ".gitignore" })
            File.Copy(Repository.File(shared), Path.Combine(root, shared));
        Directory.CreateDirectory(Path.Combine(root, "build", "Starting"));
        foreach (var starting in Directory.GetFiles(Repository.File("build/Starting")))
            File.Copy(starting, Path.Combine(root, "build", "Starting", Path.GetFileName(starting)));
        File.WriteAllText(Path.Combine(root, "build", "Build.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><ProjectReference Include="../src/Pipeline.Small/Pipeline.Small.csproj" /></ItemGroup>
              <Import Project="Starting/Precompile.targets" />
            </Project>
            """);
        File.WriteAllText(Path.Combine(root, "build", "Program.cs"), SmallProgram);
        File.WriteAllText(Path.Combine(root, "build", "Extra.cs"), "internal sealed class Extra;\n");
        File.WriteAllText(Path.Combine(root, "src", "Pipeline.Small", "Pipeline.Small.csproj"), """<Project Sdk="Microsoft.NET.Sdk" />""");
        File.WriteAllText(Path.Combine(root, "src", "Pipeline.Small", "Words.cs"), """namespace Small; public static class Words { public const string Text = "first words"; }""");
    }

    private const string SmallProgram = """
        using System.Runtime.InteropServices;

        Console.WriteLine($"words: {Small.Words.Text}");
        Console.WriteLine($"types: {string.Join(" ", typeof(Program).Assembly.GetTypes().Where(type => !type.Name.Contains('<')).Select(type => type.Name).Order())}");
        Console.WriteLine($"arguments: {string.Join("|", args)}");
        Console.WriteLine($"folder: {Environment.CurrentDirectory}");
        if (args is ["--wait"])
        {
            var signal = new TaskCompletionSource<string>();
            using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, received => { received.Cancel = true; signal.TrySetResult("terminated"); });
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, received => { received.Cancel = true; signal.TrySetResult("interrupted"); });
            Console.WriteLine("waiting");
            Console.WriteLine(await signal.Task);
            return 143;
        }
        return args is ["--exit", var code] ? int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) : 0;
        """;
}
