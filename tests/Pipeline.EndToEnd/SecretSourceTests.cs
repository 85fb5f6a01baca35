using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>Secrets that are kept elsewhere: fetched before a deploy, shown nowhere.</summary>
[Collection(BareCollection.Name)]
public sealed class SecretSourceTests
{
    private const string Key = "test_fetchedFromElsewhere4711";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_fetched_before_the_deploy_and_shows_neither_in_output_nor_reports_nor_arguments()
    {
        await using var installation = new Installation();
        var digest = await installation.BuildAsync();
        var vault = Path.Combine(installation.Home, "vault");
        await File.WriteAllTextAsync(vault, Key + "\n", Stop);

        installation.Environment["STAGING_SHOP_PAYMENT_KEY"] = $"command:cat '{vault}/absent'";
        installation.Environment["STAGING_SHOP_SMTP_HOST"] = "env:HOME";
        (await installation.RunAsync("--target", "DeployStaging", "--release", digest.Value)).Expect(3)
            .ExpectText($"staging: key SHOP_PAYMENT_KEY: command:cat '{vault}/absent' ended with exit code 1; run it in a terminal to see what it says")
            .ExpectText("staging: key SHOP_SMTP_HOST: names a source (env:HOME), and the schema does not call it secret");

        installation.Environment.Remove("STAGING_SHOP_SMTP_HOST");
        installation.Environment["STAGING_SHOP_PAYMENT_KEY"] = $"command:sh -c \"echo asked >> '{vault}.asked'; cat '{vault}'\"";
        var deployed = (await installation.RunAsync("--target", "SmokeTest", "--release", digest.Value, "--verbosity", "diagnostic")).Expect(0);
        Assert.NotEmpty(await File.ReadAllLinesAsync($"{vault}.asked", Stop));
        Assert.DoesNotContain(Key, deployed.Everything, StringComparison.Ordinal);
        Assert.All(Texts(installation), text => Assert.DoesNotContain(Key, text.Content, StringComparison.Ordinal));
        Assert.All(new Parts(installation).Processes(), process => Assert.DoesNotContain(Key, File.ReadAllText($"/proc/{process}/cmdline"), StringComparison.Ordinal));
        Assert.Contains(new Parts(installation).Processes(), process => File.ReadAllText($"/proc/{process}/environ").Contains($"SHOP_PAYMENT_KEY={Key}", StringComparison.Ordinal));
    }

    private static IEnumerable<(string File, string Content)> Texts(Installation installation) =>
        new[] { "runs", "evidence", "artifacts" }.Select(folder => Path.Combine(installation.Home, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(file => (file, File.ReadAllText(file)));
}
