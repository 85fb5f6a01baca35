using Shop.Tests.Parts;

namespace Shop.Tests.Operations;

public sealed class ConfigurationFaults
{
    private const int InvalidConfiguration = 78;

    [Fact]
    public async Task Every_missing_key_is_named_in_one_error()
    {
        await Assert_refused(
            [],
            """
            shop: the configuration has 11 faults:
              shop: key DATABASE_URL is missing; set the environment variable DATABASE_URL
              shop: key SHOP_ENVIRONMENT is missing; set the environment variable SHOP_ENVIRONMENT
              shop: key SHOP_PUBLIC_URL is missing; set the environment variable SHOP_PUBLIC_URL
              shop: key SHOP_SMTP_HOST is missing; set the environment variable SHOP_SMTP_HOST
              shop: key SHOP_SMTP_PORT is missing; set the environment variable SHOP_SMTP_PORT
              shop: key SHOP_MAIL_FROM is missing; set the environment variable SHOP_MAIL_FROM
              shop: key SHOP_PAYMENT_URL is missing; set the environment variable SHOP_PAYMENT_URL
              shop: key SHOP_PAYMENT_KEY is missing; set the environment variable SHOP_PAYMENT_KEY
              shop: key SHOP_SMOKE_USER is missing; set the environment variable SHOP_SMOKE_USER
              shop: key SHOP_SMOKE_PASSWORD is missing; set the environment variable SHOP_SMOKE_PASSWORD
              shop: key PORT is missing; set the environment variable PORT
            """);
    }

    [Fact]
    public async Task Empty_malformed_and_unknown_keys_are_named_in_one_error()
    {
        var variables = Valid();
        variables["DATABASE_URL"] = "mysql://shop:hunter2@db/shop";
        variables["PORT"] = "80800";
        variables["SHOP_ENVIRONMENT"] = "staging";
        variables["SHOP_LISTEN_HOST"] = "everywhere";
        variables["SHOP_TRUSTED_PROXIES"] = "10.0.0.1, the edge";
        variables["SHOP_PUBLIC_URL"] = "shop.example";
        variables["SHOP_SMTP_HOST"] = " ";
        variables["SHOP_MAIL_FROM"] = "nobody";
        variables["SHOP_PAYMENT_KEY"] = "live_0123456789";
        variables["SHOP_SMOKE_PASSWORD"] = "short";
        variables["SHOP_DRAIN_DELAY"] = "soon";
        variables.Remove("SHOP_SMTP_PORT");
        variables["SHOP_SMTP_PRT"] = "25";
        await Assert_refused(
            variables,
            """
            shop: the configuration has 12 faults:
              staging: key DATABASE_URL is no PostgreSQL URL (postgres://user:password@host:port/database); correct the environment variable DATABASE_URL
              staging: key PORT is 80800; it must be 1 to 65535; correct the environment variable PORT
              staging: key SHOP_PUBLIC_URL is 'shop.example', which is no absolute http or https URL; correct the environment variable SHOP_PUBLIC_URL
              staging: key SHOP_SMTP_HOST is empty; set the environment variable SHOP_SMTP_HOST
              staging: key SHOP_SMTP_PORT is missing; set the environment variable SHOP_SMTP_PORT
              staging: key SHOP_MAIL_FROM is 'nobody', which is no e-mail address; correct the environment variable SHOP_MAIL_FROM
              staging: key SHOP_PAYMENT_KEY is not a test key (test_ and at least 8 letters and digits); correct the environment variable SHOP_PAYMENT_KEY
              staging: key SHOP_SMOKE_PASSWORD has 5 characters; it must be at least 12 characters; correct the environment variable SHOP_SMOKE_PASSWORD
              staging: key SHOP_DRAIN_DELAY is 'soon', which is no duration (250ms, 30s, 1h30m); correct the environment variable SHOP_DRAIN_DELAY
              staging: key SHOP_SMTP_PRT is unknown; did you mean SHOP_SMTP_PORT?
              staging: key SHOP_LISTEN_HOST is 'everywhere', which is no IP address; correct the environment variable SHOP_LISTEN_HOST, 127.0.0.1 for instance
              staging: key SHOP_TRUSTED_PROXIES holds ' the edge', which is no IP address; correct the environment variable SHOP_TRUSTED_PROXIES, 10.87.0.254 or 10.87.0.254,10.0.0.5 for instance
            """);
    }

    [Fact]
    public async Task Production_refuses_a_test_key_that_is_not_meant()
    {
        var variables = Valid();
        variables["SHOP_ENVIRONMENT"] = "production";
        await Assert_refused(
            variables,
            """
            shop: the configuration has 1 fault:
              production: key SHOP_PAYMENT_KEY is a test key, with which nobody pays; give the live key (live_…), or set SHOP_PAYMENT_MODE=test if that is meant
            """);
    }

    [Fact]
    public async Task Production_in_test_mode_refuses_a_live_key()
    {
        var variables = Valid();
        variables["SHOP_ENVIRONMENT"] = "production";
        variables["SHOP_PAYMENT_MODE"] = "test";
        variables["SHOP_PAYMENT_KEY"] = "live_0123456789";
        await Assert_refused(
            variables,
            """
            shop: the configuration has 1 fault:
              production: key SHOP_PAYMENT_KEY is a live key, but SHOP_PAYMENT_MODE is 'test'; give the test key (test_…), or unset SHOP_PAYMENT_MODE
            """);
    }

    [Fact]
    public async Task Live_mode_is_refused_outside_production()
    {
        var variables = Valid();
        variables["SHOP_PAYMENT_MODE"] = "live";
        await Assert_refused(
            variables,
            """
            shop: the configuration has 1 fault:
              development: key SHOP_PAYMENT_MODE is 'live', which only production may be; unset the environment variable SHOP_PAYMENT_MODE
            """);
    }

    [Fact]
    public async Task A_database_option_that_would_be_ignored_is_refused()
    {
        var variables = Valid();
        variables["DATABASE_URL"] = "postgres://shop:hunter2@db/shop?sslmode=maybe&target_session_attrs=any";
        await Assert_refused(
            variables,
            """
            shop: the configuration has 2 faults:
              development: key DATABASE_URL has sslmode=maybe; write disable, allow, prefer, require, verify-ca or verify-full
              development: key DATABASE_URL has the parameter target_session_attrs, which the shop does not know; leave it out (sslmode is the one it knows)
            """);
    }

    [Fact]
    public async Task A_secret_given_as_a_file_is_held_against_the_same_rules()
    {
        using var folder = new Pipeline.Testing.TemporaryDirectory();
        var variables = Valid();
        variables.Remove("SHOP_PAYMENT_KEY");
        variables["SHOP_PAYMENT_KEY_FILE"] = folder.Combine("key");
        variables["SHOP_SMOKE_PASSWORD_FILE"] = folder.Combine("password");
        await File.WriteAllTextAsync(folder.Combine("key"), "neither\n", TestContext.Current.CancellationToken);
        await Assert_refused(
            variables,
            """
            shop: the configuration has 2 faults:
              development: key SHOP_SMOKE_PASSWORD is set, and SHOP_SMOKE_PASSWORD_FILE too; unset the environment variable SHOP_SMOKE_PASSWORD or unset the environment variable SHOP_SMOKE_PASSWORD_FILE
              development: key SHOP_PAYMENT_KEY is not a test key (test_ and at least 8 letters and digits); correct the environment variable SHOP_PAYMENT_KEY
            """);
    }

    private static Dictionary<string, string> Valid()
    {
        var variables = ShopForTests.Variables("postgres://shop:hunter2@127.0.0.1:1/shop", paymentPort: 1, smtpPort: 1);
        variables["PORT"] = "1";
        return variables;
    }

    private static async Task Assert_refused(Dictionary<string, string> variables, string message)
    {
        await using var program = new ChildProgram("Shop.dll", variables);
        Assert.Equal(InvalidConfiguration, await program.ExitAsync());
        Assert.Equal(message.ReplaceLineEndings("\n"), program.Errors);
        Assert.Equal("", program.Output);
    }
}
