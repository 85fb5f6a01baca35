using System.Globalization;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervisor.Logs;

/// <summary>What a supervisor has to say about its work: <c>log/supervisor.log</c>, which its standard output is appended to.</summary>
internal sealed class Journal(ProcessFolder folder, TimeProvider time)
{
    private const long MostBytes = 1024 * 1024;
    private int lost;

    /// <summary>Says it. What a full disk cannot take is lost: a supervisor that ended for that would be the greater loss.</summary>
    internal void Say(string text)
    {
        try
        {
            Shorten();
            if (lost > 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"({lost} lines before this one could not be written)"));
            lost = 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} {text}"));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            lost++;
        }
    }

    private void Shorten()
    {
        var log = new FileInfo(folder.SupervisorLog);
        if (!log.Exists || log.Length < MostBytes)
            return;
        using var file = new FileStream(log.FullName, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(0);
    }
}
