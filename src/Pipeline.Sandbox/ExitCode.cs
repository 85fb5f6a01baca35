namespace Pipeline.Sandbox;

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    public const int Misuse = 2;
}
