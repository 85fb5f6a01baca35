namespace Pipeline.Edge.CommandLine;

/// <summary>How the program ends, as everywhere in Pipeline.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misuse = 2;
    public const int Refused = 3;
}
