using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Pipeline.Testing;

namespace Pipeline.Sandbox.Tests;

/// <summary>The program itself, on ports of its own choice.</summary>
internal sealed partial class SandboxProcess : IDisposable
{
    private readonly Process process;

    private SandboxProcess(Process process, Uri http, IPEndPoint smtp)
    {
        this.process = process;
        Smtp = smtp;
        Http = new HttpClient { BaseAddress = http };
    }

    public HttpClient Http { get; }

    public IPEndPoint Smtp { get; }

    public static async Task<SandboxProcess> StartAsync(string folder, string mode = "test")
    {
        var process = Run(["--http", "127.0.0.1:0", "--smtp", "127.0.0.1:0", "--mode", mode, "--data", folder]);
        var announced = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        var addresses = Announcement().Match(announced);
        if (!addresses.Success)
            Assert.Fail($"the sandbox did not start: {announced}{await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return new SandboxProcess(process, new Uri(addresses.Groups["http"].Value), IPEndPoint.Parse(addresses.Groups["smtp"].Value));
    }

    public static async Task<(int ExitCode, string Output, string Error)> RunToEndAsync(params string[] arguments)
    {
        using var process = Run(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), error.ReplaceLineEndings("\n"));
    }

    /// <summary>Asks the program to end as the system does, and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        Needs.That(!OperatingSystem.IsWindows(), "signals are asked for with kill, which Windows lacks");
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }

    private static Process Run(IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Pipeline.Sandbox.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    [GeneratedRegex("payments and inbox at (?<http>http://[^ ,]+), mail at smtp://(?<smtp>[^ ,]+),")]
    private static partial Regex Announcement();
}
