using System.Globalization;

namespace Build.Diagnosis;

/// <summary>The folder of all state can be written, and its disk has room for a deployment.</summary>
public sealed class StateExamination(StatePaths paths) : IExamination
{
    private const long NeededBytes = 2L * 1024 * 1024 * 1024;

    public Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Observation>>([Writable(), Room()]);

    private Observation Writable()
    {
        try
        {
            Directory.CreateDirectory(paths.Home);
            var probe = Path.Combine(paths.Home, $"doctor-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new("state folder", true, $"{paths.Home} can be written");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new("state folder", false, $"{paths.Home} cannot be written ({fault.Message}); make it writable or set PIPELINE_HOME to a folder that is");
        }
    }

    private Observation Room()
    {
        var drive = DriveInfo.GetDrives()
            .Where(drive => drive.IsReady && paths.Home.StartsWith(drive.RootDirectory.FullName, StringComparison.Ordinal))
            .MaxBy(drive => drive.RootDirectory.FullName.Length);
        if (drive is null)
            return new("disk", true, $"the disk of {paths.Home} does not tell its free space");
        var free = string.Create(CultureInfo.InvariantCulture, $"{drive.AvailableFreeSpace / 1e9:0.0} GB free for {paths.Home}");
        return drive.AvailableFreeSpace >= NeededBytes
            ? new("disk", true, free)
            : new("disk", false, $"{free}; a deployment needs 2 GB: free some, or set PIPELINE_HOME to another disk");
    }
}
