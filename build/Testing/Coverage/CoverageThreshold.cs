using System.Globalization;
using Pipeline.Delivery;

namespace Build.Testing.Coverage;

/// <summary>How much of every assembly the tests must go through.</summary>
/// <param name="Percent">0 to 100, of the lines of each assembly.</param>
/// <param name="Exceptions">Assemblies with another threshold, each with a reason beside it where it is given.</param>
public sealed record CoverageThreshold(double Percent, IReadOnlyDictionary<string, double> Exceptions)
{
    /// <exception cref="DeliveryException">Assemblies lie below; all are listed, the lowest first.</exception>
    public void Require(IReadOnlyCollection<AssemblyCoverage> coverage)
    {
        var below = coverage.Where(assembly => assembly.Percent < Of(assembly.Assembly)).OrderBy(assembly => assembly.Percent).ToArray();
        if (below.Length > 0)
            throw new DeliveryException(
                $"coverage: {below.Length} of {coverage.Count} assemblies lie below their threshold; test what is new in them:"
                + string.Concat(below.Select(assembly => string.Create(CultureInfo.InvariantCulture, $"\n  {assembly}, asked for {Of(assembly.Assembly):0.#} %"))));
    }

    /// <summary>How much is asked for of an assembly, in percent.</summary>
    public double Of(string assembly) => Exceptions.GetValueOrDefault(assembly, Percent);
}
