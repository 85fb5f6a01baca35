using Pipeline.Configuration.Settings;

namespace Pipeline.Configuration.Tests.Settings;

public sealed class SettingsValidationTests
{
    [Fact]
    public void Valid_settings_have_no_fault() => Assert.Empty(ShopSettings.Schema.Validate(ShopSettings.Valid(), ShopSettings.Staging));

    [Fact]
    public void Every_fault_is_named_at_once_and_no_secret_is_shown()
    {
        var settings = new Dictionary<string, string>
        {
            ["DATABASE_URL"] = "postgres://s3cret@/",
            ["SMTP_HOST"] = "",
            ["SMTP_PORT"] = "24",
            ["SHOP_MAIL_FROM"] = "orders at example.org",
            ["SHOP_PAYMENT_URL"] = "ftp://user:s3cret@example.org",
            ["SHOP_PAYMENT_KEY"] = "live_s3cret",
            ["SHOP_TIMEOUT"] = "5m",
            ["SHOP_WORKERS"] = "many",
            ["SHOP_CLOSED"] = "yes",
            ["SHOP_LOG"] = "trace",
            ["SHOP_TITEL"] = "Shop",
            ["COLOUR"] = "s3cret",
        };

        var faults = ShopSettings.Schema.Validate(settings, ShopSettings.Staging);

        Assert.Equal(
        [
            "staging: key DATABASE_URL is no PostgreSQL URL (postgres://user:password@host:port/database); correct it in .env.staging or pass DATABASE_URL",
            "staging: key SMTP_HOST is empty; set it in .env.staging or pass SMTP_HOST",
            "staging: key SMTP_PORT is 24; it must be 25 to 65535; correct it in .env.staging or pass SMTP_PORT",
            "staging: key SHOP_MAIL_FROM is 'orders at example.org', which is no e-mail address; correct it in .env.staging or pass SHOP_MAIL_FROM",
            "staging: key SHOP_PAYMENT_URL is no absolute http or https URL; correct it in .env.staging or pass SHOP_PAYMENT_URL",
            "staging: key SHOP_PAYMENT_KEY is not a test key (test_…); correct it in .env.staging or pass SHOP_PAYMENT_KEY",
            "staging: key SHOP_TIMEOUT is 5m; it must be 1s to 2m; correct it in .env.staging or pass SHOP_TIMEOUT",
            "staging: key SHOP_WORKERS is 'many', which is no whole number; correct it in .env.staging or pass SHOP_WORKERS",
            "staging: key SHOP_CLOSED is 'yes', which is no boolean (true or false); correct it in .env.staging or pass SHOP_CLOSED",
            "staging: key SHOP_LOG is 'trace', which is no value of it (debug, information, warning); correct it in .env.staging or pass SHOP_LOG",
            "staging: key COLOUR is unknown; remove it from .env.staging or add it to settings.schema.json",
            "staging: key SHOP_TITEL is unknown; did you mean SHOP_TITLE?",
        ], faults.Select(fault => fault.Message));
        Assert.Equal(
            [SettingFaultKind.Malformed, SettingFaultKind.Empty, SettingFaultKind.OutOfBounds, SettingFaultKind.Unknown],
            faults.Where(fault => fault.Key is "DATABASE_URL" or "SMTP_HOST" or "SMTP_PORT" or "COLOUR").Select(fault => fault.Kind));
    }

    [Fact]
    public void A_missing_key_says_where_to_set_it()
    {
        var settings = ShopSettings.Valid();
        settings.Remove("SMTP_HOST");

        Assert.Equal(
            new SettingFault("SMTP_HOST", SettingFaultKind.Missing, "staging: key SMTP_HOST is missing; set it in .env.staging or pass SMTP_HOST"),
            Assert.Single(ShopSettings.Schema.Validate(settings, ShopSettings.Staging)));
        Assert.Equal(
            "staging: key SMTP_HOST is missing; set the environment variable SMTP_HOST",
            Assert.Single(ShopSettings.Schema.Validate(settings, SettingsSource.Process("staging"))).Message);
        Assert.Equal("key SMTP_HOST is missing; set it", Assert.Single(ShopSettings.Schema.Validate(settings)).Message);
    }

    [Fact]
    public void An_optional_key_set_to_blanks_is_a_fault()
    {
        var settings = ShopSettings.Valid();
        settings["SHOP_TITLE"] = "  ";

        Assert.Equal(
            "staging: key SHOP_TITLE is empty; give it a value or remove it from .env.staging",
            Assert.Single(ShopSettings.Schema.Validate(settings, ShopSettings.Staging)).Message);
    }

    [Fact]
    public void A_process_may_have_variables_that_are_not_the_applications()
    {
        var settings = ShopSettings.Valid();
        settings["PATH"] = "/usr/bin";
        settings["SHOP_COLOUR"] = "red";

        Assert.Equal(
            "staging: key SHOP_COLOUR is unknown; unset the environment variable SHOP_COLOUR or add it to settings.schema.json",
            Assert.Single(ShopSettings.Schema.Validate(settings, SettingsSource.Process("staging"))).Message);
    }

    [Fact]
    public void An_environment_has_its_own_rules()
    {
        var production = SettingsSource.File("production", ".env.production");

        Assert.Equal(
        [
            "production: key SHOP_PAYMENT_KEY is not a live key (live_…); correct it in .env.production or pass SHOP_PAYMENT_KEY",
            "production: key SHOP_WORKERS is missing; set it in .env.production or pass SHOP_WORKERS",
        ], ShopSettings.Schema.Validate(ShopSettings.Valid(), production).Select(fault => fault.Message));
    }

    [Fact]
    public void The_length_of_a_text_is_bounded()
    {
        var settings = ShopSettings.Valid();
        settings["SHOP_TITLE"] = "A shop with a name that goes on";

        Assert.Equal(
            "staging: key SHOP_TITLE has 31 characters; it must be at most 20 characters; correct it in .env.staging or pass SHOP_TITLE",
            Assert.Single(ShopSettings.Schema.Validate(settings, ShopSettings.Staging)).Message);
    }

    [Fact]
    public void Resolved_settings_have_their_defaults()
    {
        var resolved = ShopSettings.Schema.Resolve(ShopSettings.Valid(), ShopSettings.Staging);

        Assert.Equal(("25", "30s", "4", "127.0.0.1"), (resolved["SMTP_PORT"], resolved["SHOP_TIMEOUT"], resolved["SHOP_WORKERS"], resolved["SMTP_HOST"]));
        Assert.False(resolved.ContainsKey("SHOP_TITLE"));
    }

    [Fact]
    public void Settings_with_faults_are_not_resolved()
    {
        var settings = ShopSettings.Valid();
        settings["SMTP_HOST"] = "";
        settings.Remove("SHOP_PAYMENT_KEY");

        var fault = Assert.Throws<SettingsException>(() => ShopSettings.Schema.Resolve(settings, ShopSettings.Staging));

        Assert.Equal(
            """
            staging: key SMTP_HOST is empty; set it in .env.staging or pass SMTP_HOST
            staging: key SHOP_PAYMENT_KEY is missing; set it in .env.staging or pass SHOP_PAYMENT_KEY
            """.ReplaceLineEndings("\n"),
            fault.Message);
    }
}
