using System.Text.RegularExpressions;
using Pipeline.Delivery;
using Pipeline.Delivery.Environments;

namespace Pipeline.Engines.Instances;

/// <summary>What can be known to be wrong with an instance before anything is done.</summary>
internal static partial class InstanceCheck
{
    private static readonly string[] Given =
        [InstanceVariables.Port, InstanceVariables.Digest, InstanceVariables.Colour, InstanceVariables.Settings];

    /// <summary>Passes, or names all faults at once.</summary>
    /// <exception cref="DeliveryException">There is a fault.</exception>
    internal static void Require(string environment, InstanceSpecification instance)
    {
        RequireId(environment, instance.Id);
        var taken = Given.Where(instance.Settings.ContainsKey).ToList();
        if (taken.Count > 0)
        {
            throw new DeliveryException(
                $"{environment}: instance {instance.Id}: setting {string.Join(", ", taken)} is given by the engine; remove it from the environment's configuration");
        }
    }

    /// <summary>An id is the name of a folder or a container.</summary>
    /// <exception cref="DeliveryException">It could lead out of the environment.</exception>
    internal static void RequireId(string environment, string id)
    {
        if (!Name().IsMatch(id))
            throw new DeliveryException($"{environment}: instance id '{id}' is no name; use lower-case letters, digits and hyphens");
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,99}\z")]
    private static partial Regex Name();
}
