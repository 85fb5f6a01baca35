using System.Formats.Tar;
using System.Text;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Registries;

namespace Pipeline.Testing.Docker.Images;

/// <summary>
/// An application in an image of two megabytes: busybox's web server on PORT, which tells on <c>/cgi-bin/env</c> its environment, and ends at once with
/// code 3 where START_FAULT is set. With GREEDY set it takes all memory there is once <c>/tmp/greedy</c> exists. Each variation has a digest of its own.
/// </summary>
public static class SmallImage
{
    /// <summary>The numbers of its user and group.</summary>
    public const string User = "10001:10001";

    private const string Start = """
        #!/bin/sh
        echo "small $NAME starts"
        [ -z "$START_FAULT" ] || { echo "$START_FAULT"; exit 3; }
        trap 'echo "small $NAME ends"; exit 0' TERM
        [ -z "$IGNORE_STOP" ] || trap '' TERM
        httpd -f -p "${PORT:-8080}" -h /www &
        while :; do
          sleep 0.2
          if [ -n "$GREEDY" ] && [ -e /tmp/greedy ]; then hoard=$(cat /dev/zero | tr '\0' x); fi
        done

        """;

    private const string Environment = "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\nenv\n";
    private const string Ready = "#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\nready\\n'\n";
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Everybody = (UnixFileMode)0b1_111_111_111;

    /// <summary>Makes the image on an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="name">Its name and tag.</param>
    /// <param name="variation">Any text; it lies in the image as <c>/variation</c>.</param>
    public static async Task MakeAsync(TestEngine engine, string name, string variation)
    {
        using var content = new MemoryStream();
        await WriteAsync(content, variation);
        content.Position = 0;
        await Command.RunWithInputAsync("docker",
            ["--host", $"unix://{engine.Socket}", "import", "--change", $"USER {User}", "--change", "ENTRYPOINT [\"/start\"]", "--change", "ENV PATH=/bin", "-", name], content);
    }

    /// <summary>Makes the image, pushes it, and removes it from the engine again.</summary>
    /// <returns>The digest of its manifest.</returns>
    public static async Task<string> PublishAsync(TestEngine engine, TestRegistry registry, string repository, string variation)
    {
        var name = $"{registry.Address}/{repository}:{Guid.NewGuid():N}";
        await MakeAsync(engine, name, variation);
        var digest = await engine.PushAsync(name);
        await engine.RunAsync("image", "rm", name);
        return digest;
    }

    private static async Task WriteAsync(Stream content, string variation)
    {
        await using var tar = new TarWriter(content, leaveOpen: true);
        foreach (var folder in (string[])["bin", "www", "www/cgi-bin", "tmp", "etc", "run"])
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, folder) { Mode = folder == "tmp" ? Everybody : Executable });
        await AddAsync(tar, "bin/busybox", await File.ReadAllBytesAsync(Needs.Program("busybox")));
        foreach (var command in (string[])["sh", "httpd", "env", "cat", "tar", "rm", "ls", "sleep", "id", "wget", "dd", "touch", "stat", "ps", "tr"])
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, $"bin/{command}") { LinkName = "busybox" });
        await AddAsync(tar, "start", Start);
        await AddAsync(tar, "www/cgi-bin/env", Environment);
        await AddAsync(tar, "www/cgi-bin/ready", Ready);
        await AddAsync(tar, "www/health", "alive\n");
        await AddAsync(tar, "variation", variation);
    }

    private static Task AddAsync(TarWriter tar, string path, string text) => AddAsync(tar, path, Encoding.UTF8.GetBytes(text));

    private static Task AddAsync(TarWriter tar, string path, byte[] bytes) =>
        tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = Executable, DataStream = new MemoryStream(bytes) });
}
