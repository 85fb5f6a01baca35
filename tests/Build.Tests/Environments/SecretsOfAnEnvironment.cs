using Build.Environments;
using Pipeline.Testing;

namespace Build.Tests.Environments;

public sealed class SecretsOfAnEnvironment : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    private readonly string prefix = $"T{Guid.NewGuid():N}_";

    [Fact]
    public void A_variable_says_more_than_the_file_unless_it_is_empty_or_names_another_place()
    {
        var made = Read();
        System.Environment.SetEnvironmentVariable($"{prefix}SHOP_SMOKE_PASSWORD", "given-by-a-runner");
        System.Environment.SetEnvironmentVariable($"{prefix}SHOP_PAYMENT_KEY", "command:vault kv get key");

        var read = Read();

        Assert.Equal("given-by-a-runner", read["SHOP_SMOKE_PASSWORD"]);
        Assert.Equal(made["SHOP_PAYMENT_KEY"], read["SHOP_PAYMENT_KEY"]);
        System.Environment.SetEnvironmentVariable($"{prefix}SHOP_SMOKE_PASSWORD", "");
        Assert.Equal(made, Read());
    }

    public void Dispose()
    {
        System.Environment.SetEnvironmentVariable($"{prefix}SHOP_SMOKE_PASSWORD", null);
        System.Environment.SetEnvironmentVariable($"{prefix}SHOP_PAYMENT_KEY", null);
        folder.Dispose();
    }

    private IReadOnlyDictionary<string, string> Read() => new EnvironmentSecrets(folder.Combine("staging", "secrets.env"), "test", prefix).ReadOrMake();
}
