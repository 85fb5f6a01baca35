using Pipeline.Delivery.Approvals;

namespace Build.Environments;

/// <summary>Opening night.</summary>
public static class Production
{
    public const string Name = "production";

    public const int DefaultPort = 18082;

    public static ShopEnvironment Define(int port, TimeSpan watch) => new()
    {
        Name = Name,
        Port = port,
        Instances = 2,
        PaymentMode = "live",
        RequiresRehearsal = true,
        Approval = ApprovalPolicy.ByPerson,
        Watch = watch,
    };
}
