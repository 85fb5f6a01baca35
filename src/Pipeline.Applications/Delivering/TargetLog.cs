using Cake.Core.Diagnostics;
using Pipeline.Delivery.Ports;

namespace Pipeline.Applications.Delivering;

/// <summary>Tells a deployment's progress through Cake's log, which keeps each target's lines together and masks secrets.</summary>
internal sealed class TargetLog(ICakeLog log) : IDeliveryLog
{
    public void Information(string message) => log.Write(Verbosity.Normal, LogLevel.Information, "{0}", message);

    public void Warning(string message) => log.Write(Verbosity.Minimal, LogLevel.Warning, "{0}", message);
}
