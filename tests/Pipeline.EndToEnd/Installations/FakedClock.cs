namespace Pipeline.EndToEnd.Installations;

/// <summary>A wrong clock for the build program alone, by libfaketime: what it starts and supervises does not inherit it.</summary>
public sealed class FakedClock : IDisposable
{
    private static readonly string[] Variables = ["LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC", "FAKETIME_DONT_RESET"];
    private readonly Installation installation;
    private readonly string file = Path.GetTempFileName();

    /// <param name="installation">Whose build program.</param>
    /// <param name="offset">As faketime writes it: <c>+1d</c>.</param>
    public FakedClock(Installation installation, string offset)
    {
        this.installation = installation;
        var library = new[] { "x86_64-linux-gnu", "aarch64-linux-gnu" }.Select(machine => $"/usr/lib/{machine}/faketime/libfaketimeMT.so.1").FirstOrDefault(File.Exists);
        Needs.That(library is not null, "libfaketime is not installed (Debian package faketime)");
        Jump(offset);
        foreach (var (variable, value) in Variables.Zip([library!, file, "1", "1", "1"]))
            installation.Environment[variable] = value;
    }

    public void Jump(string offset) => File.WriteAllText(file, $"{offset}\n");

    public void Dispose()
    {
        foreach (var variable in Variables)
            installation.Environment.Remove(variable);
        File.Delete(file);
    }
}
