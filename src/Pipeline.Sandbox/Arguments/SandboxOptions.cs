using System.Net;

namespace Pipeline.Sandbox.Arguments;

/// <summary>What the program was asked to be.</summary>
/// <param name="Http">Where the payment gateway, the mail API and the inbox listen; port 0 takes a free one.</param>
/// <param name="Smtp">Where mail is taken; port 0 takes a free one.</param>
/// <param name="Mode">Which payment keys are accepted.</param>
/// <param name="DataFolder">Where mails and charges are kept.</param>
internal sealed record SandboxOptions(IPEndPoint Http, IPEndPoint Smtp, PaymentMode Mode, string DataFolder);

/// <summary>The two kinds of keys a payment gateway gives out.</summary>
internal enum PaymentMode
{
    Test,
    Live,
}
