using Pipeline.Testing.Docker.Networks;

namespace Pipeline.Testing.Docker.Engines;

/// <summary>Clears away all that the engines of one test run may have left: processes, mounts, control groups, namespaces, interfaces and files.</summary>
internal static class EngineRemains
{
    internal static async Task ClearAsync(StageFolder folder)
    {
        await EndAsync(folder);
        await UnmountAsync(folder);
        foreach (var group in Groups(folder.Id))
            RemoveGroup(group);
        foreach (var space in Names(await Command.RunAsync("ip", "netns", "list")).Where(name => name.StartsWith(StageNetwork.NamespacesOf(folder.Id), StringComparison.Ordinal)))
            await Command.TryAsync("ip", ["netns", "delete", space]);
        await Command.TryAsync("ip", ["link", "delete", StageNetwork.BridgeOf(folder.Id)]);
        Directory.Delete(folder.Path, recursive: true);
    }

    /// <summary>The parent of all control groups of an engine's containers.</summary>
    internal static string GroupOf(string id) => $"pl-{id}";

    // What belongs to the run is known by its folder in its arguments, or by its control group.
    private static async Task EndAsync(StageFolder folder)
    {
        await Eventually.HoldsAsync(() =>
        {
            var left = Groups(folder.Id).SelectMany(Members).Concat(ProcessesOf(folder.Path)).Distinct().ToList();
            foreach (var process in left)
                Kill(process);
            return left.Count == 0;
        }, $"all processes of {folder.Path} have ended");
    }

    private static IEnumerable<int> ProcessesOf(string folder) => Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), out var number) ? number : 0)
        .Where(number => number > 0 && number != Environment.ProcessId && Read($"/proc/{number}/cmdline").Split('\0').Any(word => IsBelow(word, folder)));

    private static bool IsBelow(string word, string folder) => word.Contains($"{folder}/", StringComparison.Ordinal);

    private static IEnumerable<string> Groups(string id) => Directory.GetDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup")
        .Select(root => Path.Combine(root, GroupOf(id))).Where(Directory.Exists);

    private static IEnumerable<int> Members(string group) => Directory.EnumerateFiles(group, "cgroup.procs", SearchOption.AllDirectories)
        .SelectMany(file => Names(Read(file))).Select(int.Parse);

    private static void RemoveGroup(string group)
    {
        foreach (var inner in Directory.GetDirectories(group))
            RemoveGroup(inner);
        Directory.Delete(group);
    }

    private static async Task UnmountAsync(StageFolder folder)
    {
        var mounts = (await File.ReadAllLinesAsync("/proc/self/mountinfo")).Select(line => line.Split(' ')[4])
            .Where(path => path.StartsWith($"{folder.Path}/", StringComparison.Ordinal)).OrderByDescending(path => path.Length).ToList();
        foreach (var mount in mounts)
            await Command.TryAsync("umount", ["--lazy", mount]);
    }

    private static void Kill(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            found.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static IEnumerable<string> Names(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' ')[0]);
}
