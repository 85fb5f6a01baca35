namespace Pipeline.Applications.Sources;

/// <summary>Folders for one build each, in a folder of all of them.</summary>
internal static class ScratchFolders
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Removes those that a build program left behind that was killed: no build takes a day.</summary>
    public static void DiscardAbandoned(string scratch, TimeProvider time)
    {
        if (!Directory.Exists(scratch))
            return;
        foreach (var folder in new DirectoryInfo(scratch).EnumerateDirectories())
        {
            if (time.GetUtcNow() - folder.CreationTimeUtc > Abandoned)
                folder.Delete(recursive: true);
        }
    }
}
