namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>Which system the layers hold: https://www.freedesktop.org/software/systemd/man/latest/os-release.html.</summary>
internal sealed record OperatingSystemFile(string Name, string Version)
{
    public static OperatingSystemFile Read(string text)
    {
        var values = text.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1].Trim().Trim('"', '\''), StringComparer.Ordinal);
        return new(values.GetValueOrDefault("ID", "debian"), values.GetValueOrDefault("VERSION_ID", values.GetValueOrDefault("VERSION_CODENAME", "unknown")));
    }
}
