using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Tests.World;

internal sealed class Nothing : IFoundation
{
    public Task EnsureAsync(CancellationToken cancellation) => Task.CompletedTask;
}

internal sealed class FixedSettings(Dictionary<string, string> settings) : IInstanceSettings
{
    public Task<IReadOnlyDictionary<string, string>> ReadAsync(Release release, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(settings));
}

internal sealed class ListLog(List<string> lines) : IDeliveryLog
{
    public void Information(string message) => lines.Add(message);

    public void Warning(string message) => lines.Add(message);
}
