namespace Shop.Configuration;

internal enum ShopEnvironment
{
    Development,
    Staging,
    Production,
}
