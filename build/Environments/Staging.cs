namespace Build.Environments;

/// <summary>The dress rehearsal: the same stage as production with every seat empty.</summary>
public static class Staging
{
    public const string Name = "staging";

    public const int DefaultPort = 18081;

    public static ShopEnvironment Define(int port, TimeSpan watch) => new()
    {
        Name = Name,
        Port = port,
        Instances = 2,
        PaymentMode = "test",
        RequiresRehearsal = false,
        Watch = watch,
    };
}
