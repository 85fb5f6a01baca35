namespace Pipeline.Benchmarks;

/// <summary>
/// Measures something of ours beside a peer or a floor in the same run. A class in this project that implements it is found by its name;
/// nothing else needs to be told of it.
/// </summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line and of the section in <c>docs/benchmarks.md</c>.</summary>
    string Name { get; }

    /// <summary>The heading of the section.</summary>
    string Title { get; }

    /// <summary>What is measured, against what, and which ratio it is held to: a sentence or two.</summary>
    string Explanation { get; }

    /// <summary>Measures.</summary>
    /// <returns>The rows of the table.</returns>
    Task<BenchmarkTable> RunAsync(CancellationToken cancellation);
}
