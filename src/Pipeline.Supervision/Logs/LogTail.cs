using System.Text;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervision.Logs;

/// <summary>The end of a log that may have been rotated a moment ago. Looks at the last mebibyte of each file at most.</summary>
internal static class LogTail
{
    private const int MostBytes = 1024 * 1024;

    internal static IReadOnlyList<string> Read(ProcessFolder folder, int lines)
    {
        var text = Text(folder.Log);
        for (var number = 1; text.Count('\n') < lines && File.Exists(folder.RotatedLog(number)); number++)
            text = Text(folder.RotatedLog(number)) + text;
        return Last(text, lines);
    }

    internal static IReadOnlyList<string> Read(string path, int lines) => Last(Text(path), lines);

    private static List<string> Last(string text, int lines) =>
        [.. text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')).TakeLast(lines).SkipWhile(line => line.Length == 0)];

    private static string Text(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(Math.Max(0, file.Length - MostBytes), SeekOrigin.Begin);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
    }
}
