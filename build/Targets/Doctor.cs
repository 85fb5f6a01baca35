using Build.Delivering;
using Build.Diagnosis;
using Cake.Frosting;
using Pipeline.Applications.Telling;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Says what this machine lacks for a deployment, before anything runs; with --environment also what the settings on GitHub lack")]
public sealed class Doctor(ShopHouse house, GitHubHouse github, IDeliveryLog log) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var environment = context.Get(DeliveryParameters.Environment);
        var observations = new List<Observation>();
        foreach (var examination in Examinations.Of(house, github, environment))
            observations.AddRange(await examination.ExamineAsync(cancellation));
        foreach (var observation in observations)
            log.Information($"{observation.Mark} {observation.Subject}: {observation.Detail}");
        var faults = observations.Where(observation => !observation.Sound).ToArray();
        if (faults.Length > 0)
            throw new DeliveryException($"{(environment is null ? "this machine is" : $"this machine, or GitHub for {environment}, is")} not ready:\n{string.Join('\n', faults.Select(fault => $"  {fault.Subject}: {fault.Detail}"))}");
    }
}
