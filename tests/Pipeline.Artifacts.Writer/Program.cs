using System.Globalization;
using Pipeline.Artifacts;

// Writes image upon image into a store until it is killed: the tests kill it at any moment. Arguments: store, application folder, first number, how many.
var store = new ArtifactStore(args[0]);
var first = int.Parse(args[2], CultureInfo.InvariantCulture);
for (var number = first; number < first + int.Parse(args[3], CultureInfo.InvariantCulture); number++)
{
    var artifact = await store.WriteAsync(
        new ImageSpecification
        {
            Title = "sample",
            Version = $"1.0.{number}",
            Commit = new string('c', 40),
            Created = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + number),
            Layers = [new LayerSource(args[1], "/app")],
            Entrypoint = ["dotnet", "/app/Sample.dll"],
        },
        CancellationToken.None);
    Console.WriteLine(artifact.Digest);
}
