using Pipeline.Configuration.Settings;
using Pipeline.Testing;

namespace Pipeline.Configuration.Tests.Settings;

public sealed class FileSettingsTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Theory]
    [InlineData("test_12345678", "test_12345678")]
    [InlineData("test_12345678\n", "test_12345678")]
    [InlineData("test_12345678\r\n", "test_12345678")]
    [InlineData(" two\nlines\n\n", " two\nlines\n")]
    public void A_file_that_a_variable_names_holds_the_value(string content, string value)
    {
        var settings = ShopSettings.Valid();
        settings.Remove("SHOP_PAYMENT_KEY");
        settings["SHOP_PAYMENT_KEY_FILE"] = Write("key", content);
        var given = ShopSettings.Schema.ReadFiles(settings, SettingsSource.Process("staging"));

        Assert.Empty(given.Faults);
        Assert.Equal(value, given.Settings["SHOP_PAYMENT_KEY"]);
        Assert.DoesNotContain("SHOP_PAYMENT_KEY_FILE", given.Settings.Keys);
    }

    [Fact]
    public void Files_that_cannot_be_read_and_keys_set_twice_are_named_at_once_without_a_value()
    {
        var settings = ShopSettings.Valid();
        settings.Remove("DATABASE_URL");
        settings["DATABASE_URL_FILE"] = folder.Combine("none");
        settings["SHOP_PAYMENT_KEY_FILE"] = Write("key", "s3cret");
        var given = ShopSettings.Schema.ReadFiles(settings, SettingsSource.Process("staging"));

        Assert.Equal([SettingFaultKind.Unreadable, SettingFaultKind.SetTwice], given.Faults.Select(fault => fault.Kind));
        Assert.Equal(
        [
            $"staging: key DATABASE_URL cannot be read from the file '{folder.Combine("none")}' (Could not find file '{folder.Combine("none")}'.); put it there, or correct the environment variable DATABASE_URL_FILE",
            "staging: key SHOP_PAYMENT_KEY is set, and SHOP_PAYMENT_KEY_FILE too; unset the environment variable SHOP_PAYMENT_KEY or unset the environment variable SHOP_PAYMENT_KEY_FILE",
        ], given.Faults.Select(fault => fault.Message));
    }

    [Fact]
    public void A_variable_that_names_a_file_for_no_key_of_the_schema_stays_what_it_is()
    {
        var settings = ShopSettings.Valid();
        settings["SHOP_TITEL_FILE"] = Write("title", "Shop");
        var source = SettingsSource.Process("staging");
        var given = ShopSettings.Schema.ReadFiles(settings, source);

        Assert.Equal(settings, given.Settings);
        Assert.Contains(ShopSettings.Schema.Validate(given.Settings, source), fault => fault is { Key: "SHOP_TITEL_FILE", Kind: SettingFaultKind.Unknown });
    }

    public void Dispose() => folder.Dispose();

    private string Write(string name, string content)
    {
        File.WriteAllText(folder.Combine(name), content);
        return folder.Combine(name);
    }
}
