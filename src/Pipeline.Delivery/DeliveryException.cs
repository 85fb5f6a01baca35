namespace Pipeline.Delivery;

/// <summary>Something in the delivery could not be done. The message names object, value and remedy.</summary>
public class DeliveryException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Object, value and remedy.</param>
    /// <param name="cause">What it came from.</param>
    public DeliveryException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>Whether the same attempt may succeed later without anybody changing anything.</summary>
    public bool IsTransient { get; init; }
}
