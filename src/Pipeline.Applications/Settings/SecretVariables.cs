using Pipeline.Configuration.Secrets;
using Pipeline.Delivery;

namespace Pipeline.Applications.Settings;

/// <summary>Variables of the build program that hold a secret, or say where it is kept.</summary>
internal static class SecretVariables
{
    /// <summary>The secret. Parts of the delivery are put together synchronously, so this waits for the source.</summary>
    /// <exception cref="DeliveryException">The source gives none.</exception>
    public static string Read(SecretReader secrets, string variable, string value)
    {
        try
        {
            var secret = secrets.ReadAsync(value, CancellationToken.None).GetAwaiter().GetResult();
            secrets.Mask(secret);
            return secret;
        }
        catch (SecretSourceException fault)
        {
            throw new DeliveryException($"{variable}: {fault.Message}", fault);
        }
    }
}
