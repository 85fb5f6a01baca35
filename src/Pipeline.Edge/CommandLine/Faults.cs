namespace Pipeline.Edge.CommandLine;

/// <summary>Says everything that is wrong with a command, at once.</summary>
internal static class Faults
{
    public static int Report(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
            Console.Error.WriteLine($"edge: {fault}");
        return ExitCodes.Misuse;
    }
}
