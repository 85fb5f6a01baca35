using Pipeline.Configuration.Secrets;
using Pipeline.Configuration.Settings;
using Pipeline.Configuration.Tests.Settings;

namespace Pipeline.Configuration.Tests.Secrets;

public sealed class SecretSettingsTests
{
    private static readonly SecretReader Reader = new(name => name == "VAULT" ? "test_from_vault" : null, _ => { }, TimeProvider.System);

    [Fact]
    public async Task A_secret_setting_gets_what_its_source_gives()
    {
        var settings = ShopSettings.Valid();
        settings["SHOP_PAYMENT_KEY"] = "env:VAULT";
        Assert.Equal("test_from_vault", (await ResolveAsync(settings))["SHOP_PAYMENT_KEY"]);
    }

    [Fact]
    public async Task What_a_source_gives_has_to_fit_the_schema_and_is_not_shown()
    {
        var settings = ShopSettings.Valid();
        settings["SHOP_PAYMENT_KEY"] = "command:echo live_hunter2hunter2";
        Assert.Equal("staging: key SHOP_PAYMENT_KEY is not a test key (test_…); correct it in .env.staging or pass SHOP_PAYMENT_KEY", (await RefusalAsync(settings)).Message);
    }

    [Fact]
    public async Task Every_secret_is_masked_wherever_it_came_from()
    {
        var masked = new List<string>();
        await SecretSettings.ResolveAsync(
            ShopSettings.Schema, ShopSettings.Valid(), ShopSettings.Staging, new(_ => null, masked.Add, TimeProvider.System), TestContext.Current.CancellationToken);
        Assert.Equal(["postgres://shop:pa%40ss@127.0.0.1:5433/shop", "pa%40ss", "pa@ss", "test_abcdefgh"], masked);
    }

    [Fact]
    public async Task The_name_of_a_source_that_cannot_be_read_is_not_masked()
    {
        var masked = new List<string>();
        var settings = new Dictionary<string, string> { ["SHOP_PAYMENT_KEY"] = "env:ABSENT" };
        await Assert.ThrowsAsync<SettingsException>(() => SecretSettings.ResolveAsync(
            ShopSettings.Schema, settings, ShopSettings.Staging, new(_ => null, masked.Add, TimeProvider.System), TestContext.Current.CancellationToken));
        Assert.Empty(masked);
    }

    [Fact]
    public async Task Every_source_that_fails_is_named_together_with_all_other_faults()
    {
        var settings = ShopSettings.Valid();
        settings["DATABASE_URL"] = "file:/does/not/exist";
        settings["SHOP_PAYMENT_KEY"] = "env:ABSENT";
        settings["SHOP_TITLE"] = "env:VAULT";
        settings.Remove("SMTP_HOST");
        Assert.Equal(
            """
            staging: key DATABASE_URL: file:/does/not/exist names a file that is missing; put the value there, or correct the path
            staging: key SHOP_PAYMENT_KEY: env:ABSENT names an environment variable that is not set; set ABSENT
            staging: key SHOP_TITLE: names a source (env:VAULT), and the schema does not call it secret; write "secret": true there, or its value here
            staging: key SMTP_HOST is missing; set it in .env.staging or pass SMTP_HOST
            """,
            (await RefusalAsync(settings)).Message);
    }

    private static Task<IReadOnlyDictionary<string, string>> ResolveAsync(Dictionary<string, string> settings) =>
        SecretSettings.ResolveAsync(ShopSettings.Schema, settings, ShopSettings.Staging, Reader, TestContext.Current.CancellationToken);

    private static Task<SettingsException> RefusalAsync(Dictionary<string, string> settings) => Assert.ThrowsAsync<SettingsException>(() => ResolveAsync(settings));
}
