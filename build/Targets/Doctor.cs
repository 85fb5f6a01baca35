using Build.Delivering;
using Build.Diagnosis;
using Cake.Frosting;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Says what this machine lacks for a deployment, before anything runs")]
public sealed class Doctor(ShopHouse house, IDeliveryLog log) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var examination in Examinations.Of(house))
            findings.AddRange(await examination.ExamineAsync(cancellation));
        foreach (var finding in findings)
            log.Information($"{(finding.Sound ? "✓" : "✗")} {finding.Subject}: {finding.Detail}");
        var faults = findings.Where(finding => !finding.Sound).ToArray();
        if (faults.Length > 0)
            throw new DeliveryException($"this machine is not ready:\n{string.Join('\n', faults.Select(fault => $"  {fault.Subject}: {fault.Detail}"))}");
    }
}
