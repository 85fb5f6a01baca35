using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Testing.Docker;

/// <summary>
/// The folder of one test run's engines: <c>pldk/3f2a</c> below the machine's temporary folder, short enough for the names of sockets in it. A lock file tells
/// as long as the run lives that it is in use.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The folder owns its lock, and who is given the folder disposes of it.")]
internal sealed class StageFolder : IDisposable
{
    private const string LockName = "lock";
    private readonly FileStream held;

    private StageFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    internal static string Root { get; } = System.IO.Path.Combine("/tmp", "pldk");

    internal string Path { get; }

    /// <summary>Four hexadecimal digits: the part of the names of everything that belongs to the run.</summary>
    internal string Id => System.IO.Path.GetFileName(Path);

    internal static StageFolder Create()
    {
        while (true)
        {
            var path = System.IO.Path.Combine(Root, $"{Random.Shared.Next(0x1000, 0x10000):x4}");
            if (Directory.Exists(path))
                continue;
            Directory.CreateDirectory(path);
            if (Hold(path) is { } folder)
                return folder;
        }
    }

    /// <summary>The folders of runs that were killed, now held by this one.</summary>
    internal static IEnumerable<StageFolder> Abandoned() =>
        (Directory.Exists(Root) ? Directory.GetDirectories(Root) : []).Select(Hold).OfType<StageFolder>();

    public void Dispose() => held.Dispose();

    private static StageFolder? Hold(string path)
    {
        try
        {
            return new StageFolder(path, new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
