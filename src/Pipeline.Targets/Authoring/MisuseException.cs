using Cake.Core;
using Pipeline.Targets.Hosting;

namespace Pipeline.Targets;

/// <summary>What was asked for cannot be done as asked: a wrong option, parameter or graph. The program ends with exit code 2.</summary>
public sealed class MisuseException : Exception
{
    /// <summary>Reports one fault.</summary>
    public MisuseException(string fault)
        : this([fault])
    {
    }

    /// <summary>Reports all faults that were found.</summary>
    public MisuseException(IReadOnlyList<string> faults)
        : base(string.Join('\n', faults)) => Faults = faults;

    /// <summary>Each fault: the object, its value and the remedy.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>The same for Cake, which takes the exit code from its own exception alone.</summary>
    internal CakeException ForCake() => new(ExitCode.Misuse, string.Join("\nError: ", Faults), this);
}
