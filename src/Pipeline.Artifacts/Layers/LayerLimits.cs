namespace Pipeline.Artifacts.Layers;

/// <summary>What an image may ask of the machine that unpacks it.</summary>
internal static class LayerLimits
{
    public const long UnpackedBytes = 4L * 1024 * 1024 * 1024;
    public const int Entries = 200_000;
    public const int PathBytes = 1024;
    public const int DocumentBytes = 4 * 1024 * 1024;
}
