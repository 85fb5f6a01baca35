using Pipeline.Benchmarks;

// dotnet run -c Release --project tests/Pipeline.Benchmarks -- startup
var benchmarks = Catalogue.All();
var unknown = args.Where(name => !benchmarks.ContainsKey(name)).ToList();
if (args.Length == 0 || unknown.Count > 0)
{
    await Console.Error.WriteLineAsync($"unknown: {string.Join(", ", unknown)}; name one or more of: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};
var failed = new List<string>();
foreach (var name in args)
{
    var table = await benchmarks[name].RunAsync(cancellation.Token);
    var section = Page.Section(benchmarks[name], table, Machine.Describe(), TimeProvider.System.GetUtcNow());
    Page.Write(name, section);
    Console.WriteLine(section);
    if (!table.Holds)
        failed.Add(name);
}
if (failed.Count == 0)
    return 0;
await Console.Error.WriteLineAsync($"does not hold: {string.Join(", ", failed)}; run it again on a machine with nothing else to do, or mend what became slower");
return 1;
