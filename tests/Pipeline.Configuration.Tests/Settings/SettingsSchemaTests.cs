using Pipeline.Configuration.EnvFiles;
using Pipeline.Configuration.Settings;
using Pipeline.Testing;

namespace Pipeline.Configuration.Tests.Settings;

public sealed class SettingsSchemaTests
{
    [Fact]
    public void Every_fault_of_a_schema_is_named_with_its_path()
    {
        const string Json = """
            {
              "prefx": "SHOP_",
              "keys": [
                { "name": "A", "type": "prot", "description": "…" },
                { "name": "1B", "type": "string", "description": "…" },
                { "name": "C", "type": "integer", "description": "…", "min": 2, "max": 1, "requird": true },
                { "name": "D", "type": "enum", "description": "…" },
                { "name": "E", "type": "string", "description": "", "pattern": "(", "values": ["a"] },
                { "name": "F", "type": "secret", "description": "…", "default": "s3cret" },
                { "name": "G", "type": "port", "description": "…", "required": true, "default": "80" },
                { "name": "H", "type": "duration", "description": "…", "min": 5, "default": "soon" },
                { "name": "I", "type": "url", "description": "…", "max": 5, "required": "yes" },
                { "name": "J", "type": "string", "description": "…", "expects": "something", "environments": { "staging": { "type": "port", "example": 1 } } },
                { "name": "C", "type": "boolean", "description": "…" },
                { "type": "colour" },
                7
              ]
            }
            """;

        var fault = Assert.Throws<SettingsSchemaException>(() => SettingsSchema.Parse(Json, "schema.json"));

        Assert.Equal(
        [
            "$.prefx: no such property; did you mean prefix?",
            "$.keys[0].type: 'prot' is no type; did you mean port?",
            "$.keys[1].name: '1B' is no name of an environment variable; use letters, digits and underscores, and no digit first",
            "$.keys[2].requird: no such property; did you mean required?",
            "$.keys[2].min: is above max (2 to 1); no value could satisfy both",
            "$.keys[3].values: is missing or empty; a key of type enum needs the values it may have",
            "$.keys[4].description: is empty; fill it in",
            "$.keys[4].pattern: is no pattern that can be used: Invalid pattern '(' at offset 1. Not enough )'s.",
            "$.keys[4].values: only a key of type enum has values; remove them or make it an enum",
            "$.keys[5].default: a secret has no default: it would stand in the repository; remove it",
            "$.keys[6].default: a required key has no default; remove one of the two",
            "$.keys[7].min: is 5; write a duration in quotes, as \"30s\"",
            "$.keys[7].default: is 'soon', which is no duration (250ms, 30s, 1h30m)",
            "$.keys[8].required: is \"yes\"; write true or false",
            "$.keys[8].max: a key of type url has no bounds; remove it",
            "$.keys[9].expects: says in words what a pattern asks for; add the pattern or remove it",
            "$.keys[9].environments.staging.type: no such property; there are required, min, max, values, pattern, expects, default, example",
            "$.keys[9].environments.staging.example: is 1; write a text in quotes",
            "$.keys[10].name: C stands at $.keys[2] already; keep one of the two",
            "$.keys[11].name: is missing; add it",
            "$.keys[11].type: 'colour' is no type; there are string, integer, port, url, postgres-url, email, duration, boolean, secret, enum",
            "$.keys[11].description: is missing; add it",
            "$.keys[12]: is no object; write { \"name\": …, \"type\": …, \"description\": … }",
        ], fault.Faults.Select(one => $"{one.Path}: {one.Message}"));
        Assert.StartsWith("schema.json: $.prefx: no such property", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "schema.json: $: is no object; write { \"prefix\": …, \"keys\": [ … ] }")]
    [InlineData("{}", "schema.json: $.keys: is missing; list the keys of the application")]
    [InlineData("{ \"keys\": 1 }", "schema.json: $.keys: is 1; write a list of keys")]
    public void A_schema_of_the_wrong_shape_is_refused(string json, string message) =>
        Assert.Equal(message, Assert.Throws<SettingsSchemaException>(() => SettingsSchema.Parse(json, "schema.json")).Message);

    [Theory]
    [InlineData("{ \"keys\": [ }")]
    [InlineData("{ \"keys\": [], \"keys\": [] }")]
    public void Text_that_is_no_JSON_is_refused(string json) => Assert.StartsWith(
        "schema.json: not valid JSON: ",
        Assert.Throws<SettingsSchemaException>(() => SettingsSchema.Parse(json, "schema.json")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_missing_schema_is_named()
    {
        using var folder = new TemporaryDirectory();

        Assert.StartsWith(
            folder.Combine("settings.schema.json"),
            Assert.Throws<SettingsSchemaException>(() => SettingsSchema.Load(folder.Combine("settings.schema.json"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_documents_every_key() => Assert.Equal(
        """
        # Written from settings.schema.json for production. Copy it, fill in what is empty, and keep the copy out of the repository.

        # Where the orders are.
        # (postgres-url, secret, required)
        DATABASE_URL=

        # The mail server.
        # (string, required)
        SMTP_HOST=127.0.0.1

        # Its port.
        # (port, 25 to 65535, default 25)
        # SMTP_PORT=25

        # The sender of order mails.
        # (email, required)
        SHOP_MAIL_FROM=

        # The payment gateway.
        # (url, required)
        SHOP_PAYMENT_URL=

        # Its key.
        # (secret, at least 8 characters, a live key (live_…), required)
        SHOP_PAYMENT_KEY=

        # How long a payment may take.
        # (duration, 1s to 2m, default 30s)
        # SHOP_TIMEOUT=30s

        # How many at once.
        # (integer, 8 to 64, required)
        SHOP_WORKERS=

        # Whether visitors need a password.
        # (boolean, default false)
        # SHOP_CLOSED=false

        # What is logged.
        # (one of debug | information | warning, default information)
        # SHOP_LOG=information

        # What the page is called.
        # (string, at most 20 characters, optional)
        # SHOP_TITLE=

        """.ReplaceLineEndings("\n"),
        ShopSettings.Schema.RenderExample("production"));

    [Fact]
    public void The_example_is_a_file_whose_required_keys_wait_to_be_filled_in()
    {
        var example = EnvFile.Parse(ShopSettings.Schema.RenderExample("staging"), ".env.example");

        Assert.Equal(["DATABASE_URL", "SMTP_HOST", "SHOP_MAIL_FROM", "SHOP_PAYMENT_URL", "SHOP_PAYMENT_KEY"], example.Keys);
        Assert.All(ShopSettings.Schema.Validate(example, ShopSettings.Staging), fault => Assert.Equal(SettingFaultKind.Empty, fault.Kind));
    }
}
