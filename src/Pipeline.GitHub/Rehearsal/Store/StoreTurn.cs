using System.Globalization;

namespace Pipeline.GitHub.Rehearsal.Store;

/// <summary>Whose turn it is to rehearse a workflow: two at once would take what the other keeps. It ends with the process, however that ends.</summary>
internal sealed class StoreTurn : IDisposable
{
    private readonly FileStream held;

    private StoreTurn(FileStream held) => this.held = held;

    /// <summary>Takes the turn.</summary>
    /// <param name="store">The folder that is kept.</param>
    /// <param name="workflow">The file of the workflow, for the message.</param>
    /// <param name="who">Who rehearses.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="RehearsalException">Somebody else has it.</exception>
    internal static StoreTurn Take(string store, string workflow, string who, DateTimeOffset now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(store)!);
        var owner = $"{store}.owner";
        FileStream held;
        try
        {
            held = new($"{store}.turn", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken is not DirectoryNotFoundException)
        {
            throw new RehearsalException([$"{workflow} is being rehearsed in this clone already, by {Read(owner)}; wait until that has ended, or stop it"]);
        }
        File.WriteAllText(owner, string.Create(CultureInfo.InvariantCulture, $"{who} in process {Environment.ProcessId} since {now:u}"));
        return new(held);
    }

    public void Dispose() => held.Dispose();

    private static string Read(string owner)
    {
        try
        {
            return File.Exists(owner) ? File.ReadAllText(owner) : "somebody";
        }
        catch (IOException)
        {
            // It is written at this moment.
            return "somebody";
        }
    }
}
