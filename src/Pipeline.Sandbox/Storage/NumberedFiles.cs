using System.Globalization;

namespace Pipeline.Sandbox.Storage;

/// <summary>Files named by ascending numbers in one folder, each written whole or not at all.</summary>
internal sealed class NumberedFiles
{
    private readonly string folder;
    private readonly string extension;

    public NumberedFiles(string folder, string extension)
    {
        (this.folder, this.extension) = (folder, extension);
        Directory.CreateDirectory(folder);
        foreach (var unfinished in Directory.EnumerateFiles(folder, $"*{extension}.new"))
            File.Delete(unfinished);
    }

    /// <summary>The numbers there are, ascending.</summary>
    public IReadOnlyList<int> Numbers() =>
        [.. Directory.EnumerateFiles(folder, $"*{extension}").Select(Number).OfType<int>().Order()];

    public byte[]? Read(int number) => File.Exists(PathOf(number)) ? File.ReadAllBytes(PathOf(number)) : null;

    /// <summary>On the disk when this returns; an existing file of the number is replaced in one step.</summary>
    public void Write(int number, ReadOnlySpan<byte> content)
    {
        var unfinished = $"{PathOf(number)}.new";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, PathOf(number), overwrite: true);
    }

    public void Delete(int number) => File.Delete(PathOf(number));

    private static int? Number(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public string PathOf(int number) => Path.Combine(folder, number.ToString("D8", CultureInfo.InvariantCulture) + extension);
}
