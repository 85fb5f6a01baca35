using System.Globalization;

namespace Build.Testing.Coverage;

/// <summary>How many lines of an assembly the tests went through.</summary>
/// <param name="Assembly">Its name.</param>
/// <param name="Covered">Lines that a test went through.</param>
/// <param name="Lines">Lines that a test could go through; 0 when no test loaded the assembly.</param>
public sealed record AssemblyCoverage(string Assembly, int Covered, int Lines)
{
    /// <summary>0 to 100; 0 when no test loaded the assembly.</summary>
    public double Percent => Lines == 0 ? 0 : 100.0 * Covered / Lines;

    public override string ToString() => Lines == 0
        ? $"{Assembly}: no test loads it"
        : string.Create(CultureInfo.InvariantCulture, $"{Assembly}: {Percent:0.0} % ({Covered} of {Lines} lines)");
}
