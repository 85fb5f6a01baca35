using System.Diagnostics;

namespace Pipeline.Testing.Docker.Engines;

/// <summary>A real sshd of the tests' own before an engine, and a configuration of ssh that knows it and has a key for it.</summary>
public sealed class SecureShell : IAsyncDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly string path = Environment.GetEnvironmentVariable("PATH")!;
    private Process? server;

    public int Port { get; } = LoopbackPort.Free();

    /// <summary>Starts it, and lets every <c>ssh</c> that this program's children start use its configuration.</summary>
    public static async Task<SecureShell> BeforeAsync(TestEngine engine)
    {
        var shell = new SecureShell();
        await shell.StartAsync(engine);
        return shell;
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        folder.Dispose();
    }

    private async Task StartAsync(TestEngine engine)
    {
        var (sshd, ssh) = (Needs.Program("sshd"), Needs.Program("ssh"));
        Directory.CreateDirectory("/run/sshd");
        foreach (var key in (string[])["host", "client"])
            await Command.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.Combine(key));
        await WriteAsync("sshd.conf",
            $"""
            ListenAddress 127.0.0.1:{Port}
            HostKey "{folder.Combine("host")}"
            AuthorizedKeysFile "{folder.Combine("client.pub")}"
            PasswordAuthentication no
            PermitRootLogin prohibit-password
            StrictModes no
            PidFile none
            SetEnv DOCKER_HOST=unix://{engine.Socket}

            """);
        await WriteAsync("known", $"[127.0.0.1]:{Port} {await File.ReadAllTextAsync(folder.Combine("host.pub"))}");
        await WriteAsync("ssh.conf", $"IdentityFile \"{folder.Combine("client")}\"\nIdentitiesOnly yes\nUserKnownHostsFile \"{folder.Combine("known")}\"\nBatchMode yes\n");
        await WriteAsync("ssh", $"#!/bin/sh\nexec {ssh} -F '{folder.Combine("ssh.conf")}' \"$@\"\n");
        File.SetUnixFileMode(folder.Combine("ssh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{folder.Path}:{path}");
        server = Process.Start(sshd, ["-D", "-f", folder.Combine("sshd.conf"), "-E", folder.Combine("sshd.log")]);
        await Eventually.HoldsAsync(async () => (await Command.TryAsync("ssh", ["-p", $"{Port}", "root@127.0.0.1", "true"])).ExitCode == 0, "sshd lets the key in");
    }

    private Task WriteAsync(string name, string content) => File.WriteAllTextAsync(folder.Combine(name), content);
}
