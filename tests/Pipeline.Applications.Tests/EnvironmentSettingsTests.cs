using Pipeline.Applications.Settings;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Applications.Tests;

/// <summary>Which of several sources of a setting has the last word, held against the schema that a release brings.</summary>
public sealed class EnvironmentSettingsTests : IApplicationFiles, IDisposable
{
    private static readonly Digest Digest = Digest.Parse($"sha256:{new string('a', 64)}");
    private readonly TemporaryDirectory folder = new();

    public EnvironmentSettingsTests() => File.WriteAllText(folder.Combine("settings.schema.json"), """
        { "prefix": "NOTES_", "keys": [
          { "name": "DATABASE_URL", "type": "postgres-url", "required": true, "description": "The database." },
          { "name": "NOTES_TITLE", "type": "string", "required": true, "description": "What the page is called." } ] }
        """);

    [Fact]
    public async Task The_file_has_its_say_after_what_the_environment_stands_on()
    {
        await WriteAsync("NOTES_TITLE=from the file\n");

        var settings = await ReadAsync(new() { ["DATABASE_URL"] = "postgres://notes:p@10.0.0.1:5432/notes", ["NOTES_TITLE"] = "given" });

        Assert.Equal("from the file", settings["NOTES_TITLE"]);
        Assert.Equal("postgres://notes:p@10.0.0.1:5432/notes", settings["DATABASE_URL"]);
    }

    [Fact]
    public async Task What_is_missing_and_what_nobody_knows_is_named_at_once()
    {
        await WriteAsync("NOTES_TITEL=misspelt\n");

        var fault = await Assert.ThrowsAsync<DeliveryException>(() => ReadAsync([]));

        Assert.Contains("DATABASE_URL", fault.Message, StringComparison.Ordinal);
        Assert.Contains("NOTES_TITLE", fault.Message, StringComparison.Ordinal);
        Assert.Contains("NOTES_TITEL", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_the_schema_calls_secret_are_known_without_their_values()
    {
        await WriteAsync("");

        var secrets = await new ReleaseSecrets("rehearsal", this).ReadAsync(Digest, TestContext.Current.CancellationToken);

        Assert.Equal(["DATABASE_URL"], secrets);
    }

    public void Dispose() => folder.Dispose();

    Task<ApplicationFiles> IApplicationFiles.UnpackAsync(Digest digest, CancellationToken cancellation) =>
        Task.FromResult(new ApplicationFiles(folder.Path, [], new Dictionary<string, string>(), folder.Path));

    private Task WriteAsync(string text) => File.WriteAllTextAsync(folder.Combine(".env.rehearsal"), text, TestContext.Current.CancellationToken);

    private Task<IReadOnlyDictionary<string, string>> ReadAsync(Dictionary<string, string> given) => new EnvironmentSettings(
        "rehearsal", folder.Combine(".env.rehearsal"), _ => Task.FromResult<IReadOnlyDictionary<string, string>>(given), this,
        new SecretReader(_ => null, _ => { }, TimeProvider.System)).ReadAsync(new Release(Digest, "1.0.0", "c", []), TestContext.Current.CancellationToken);
}
