namespace Pipeline.Benchmarks;

internal static class Catalogue
{
    /// <summary>Every benchmark of this project by its name.</summary>
    public static SortedDictionary<string, IBenchmark> All() => new(
        typeof(Catalogue).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBenchmark)))
            .Select(type => (IBenchmark)Activator.CreateInstance(type)!).ToDictionary(benchmark => benchmark.Name),
        StringComparer.Ordinal);
}
