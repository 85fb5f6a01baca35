namespace Pipeline.Delivery.Ports;

/// <summary>Tells the person at the keyboard what a deployment does.</summary>
public interface IDeliveryLog
{
    /// <summary>A fact in the normal course.</summary>
    void Information(string message);

    /// <summary>Something a person should know of.</summary>
    void Warning(string message);
}
