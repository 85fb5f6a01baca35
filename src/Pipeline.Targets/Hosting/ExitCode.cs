namespace Pipeline.Targets.Hosting;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int Misuse = 2;
    internal const int Cancelled = 130;
}
