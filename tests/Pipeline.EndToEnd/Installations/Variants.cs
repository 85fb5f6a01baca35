using System.Security.Cryptography;
using Pipeline.Artifacts;
using Pipeline.Delivery.Releases;

namespace Pipeline.EndToEnd.Installations;

/// <summary>
/// Makes further releases out of the artifact that the pipeline built: the same Shop under another digest, or one that goes wrong in a given way. They are put
/// into the installation's artifact store, as if another machine had built them.
/// </summary>
public sealed class Variants(Installation installation, Digest original)
{
    private readonly ArtifactStore store = installation.Store;
    private int made;

    /// <summary>The same Shop under another digest.</summary>
    public Task<Digest> GoodAsync(CancellationToken cancellation) => MakeAsync([], _ => { }, cancellation);

    /// <summary>The same Shop with a file in its layer that no other release has.</summary>
    public Task<Digest> WithBytesAsync(int bytes, CancellationToken cancellation) =>
        MakeAsync([], folder => File.WriteAllBytes(Path.Combine(folder, "bytes"), RandomNumberGenerator.GetBytes(bytes)), cancellation);

    /// <summary>A Shop that goes wrong as FaultyRelease says: <c>never-ready</c>, <c>cannot-start</c>, <c>takes-all-memory</c>, <c>ends-when-asked</c>, <c>fails-under-traffic</c>.</summary>
    public Task<Digest> FaultyAsync(string fault, CancellationToken cancellation) => MakeAsync(
        new() { ["DOTNET_STARTUP_HOOKS"] = "FaultyRelease", ["FAULTY_RELEASE"] = fault },
        folder =>
        {
            // Without this file the runtime finds every assembly in the folder, the hook too.
            File.Delete(Path.Combine(folder, "Shop.deps.json"));
            File.Copy(Path.Combine(AppContext.BaseDirectory, "faulty", "FaultyRelease.dll"), Path.Combine(folder, "FaultyRelease.dll"));
        },
        cancellation);

    /// <summary>A Shop that asks for a setting which no environment has.</summary>
    public Task<Digest> WithUnmetSettingAsync(CancellationToken cancellation) => MakeAsync([], folder =>
    {
        var schema = Path.Combine(folder, "settings.schema.json");
        var text = File.ReadAllText(schema);
        File.Delete(schema);
        File.WriteAllText(schema, text.Replace(
            "\"keys\": [", """ "keys": [ { "name": "SHOP_TAX_OFFICE", "type": "url", "required": true, "description": "Where taxes are told." }, """, StringComparison.Ordinal));
    }, cancellation);

    /// <summary>A Shop with one more migration.</summary>
    public Task<Digest> WithMigrationAsync(string name, string sql, CancellationToken cancellation) =>
        MakeAsync([], folder => File.WriteAllText(Path.Combine(folder, "migrations", name), sql), cancellation);

    private async Task<Digest> MakeAsync(Dictionary<string, string> environment, Action<string> change, CancellationToken cancellation)
    {
        var artifact = await store.VerifyAsync(original, cancellation);
        using var folder = new TemporaryDirectory();
        var files = await new ApplicationCache(folder.Combine("cache"), store).UnpackAsync(original, cancellation);
        var application = folder.Combine("app");
        Folders.Copy(files.WorkingDirectory, application);
        change(application);
        var made = await store.WriteAsync(
            new ImageSpecification
            {
                Title = "Shop",
                Version = $"{artifact.Version.Split('+')[0]}-variant.{Interlocked.Increment(ref this.made)}",
                Commit = artifact.Commit,
                Created = artifact.Created,
                Layers = [new LayerSource(application, "/app")],
                Entrypoint = ["dotnet", "/app/Shop.dll"],
                Environment = environment,
                Base = installation.Base,
            },
            cancellation);
        await installation.SealAsync(made.Digest);
        return made.Digest;
    }
}
