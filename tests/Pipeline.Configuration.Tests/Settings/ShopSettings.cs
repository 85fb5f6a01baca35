using Pipeline.Configuration.Settings;

namespace Pipeline.Configuration.Tests.Settings;

/// <summary>A schema with every type, and settings that satisfy it.</summary>
internal static class ShopSettings
{
    public const string Json = """
        {
          "$schema": "https://example.org/settings.json",
          "prefix": "SHOP_",
          "keys": [
            { "name": "DATABASE_URL", "type": "postgres-url", "required": true, "description": "Where the orders are." },
            { "name": "SMTP_HOST", "type": "string", "required": true, "description": "The mail server.", "example": "127.0.0.1" },
            { "name": "SMTP_PORT", "type": "port", "description": "Its port.", "default": "25", "min": 25 },
            { "name": "SHOP_MAIL_FROM", "type": "email", "required": true, "description": "The sender of order mails." },
            { "name": "SHOP_PAYMENT_URL", "type": "url", "required": true, "description": "The payment gateway." },
            { "name": "SHOP_PAYMENT_KEY", "type": "secret", "required": true, "description": "Its key.", "min": 8,
              "pattern": "^test_", "expects": "a test key (test_…)",
              "environments": { "production": { "pattern": "^live_", "expects": "a live key (live_…)" } } },
            { "name": "SHOP_TIMEOUT", "type": "duration", "description": "How long a payment may take.", "min": "1s", "max": "2m", "default": "30s" },
            { "name": "SHOP_WORKERS", "type": "integer", "description": "How many at once.", "min": 1, "max": 64, "default": "4",
              "environments": { "production": { "required": true, "min": 8 } } },
            { "name": "SHOP_CLOSED", "type": "boolean", "description": "Whether visitors need a password.", "default": "false" },
            { "name": "SHOP_LOG", "type": "enum", "values": ["debug", "information", "warning"], "description": "What is logged.", "default": "information" },
            { "name": "SHOP_TITLE", "type": "string", "description": "What the page is called.", "max": 20, "pattern": "^[A-Z]" },
          ]
        }
        """;

    public static SettingsSchema Schema { get; } = SettingsSchema.Parse(Json, "settings.schema.json");

    public static SettingsSource Staging { get; } = SettingsSource.File("staging", ".env.staging");

    public static Dictionary<string, string> Valid() => new()
    {
        ["DATABASE_URL"] = "postgres://shop:pa%40ss@127.0.0.1:5433/shop",
        ["SMTP_HOST"] = "127.0.0.1",
        ["SHOP_MAIL_FROM"] = "orders@example.org",
        ["SHOP_PAYMENT_URL"] = "http://127.0.0.1:8500",
        ["SHOP_PAYMENT_KEY"] = "test_abcdefgh",
    };
}
