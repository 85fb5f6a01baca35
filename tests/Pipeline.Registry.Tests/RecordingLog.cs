using System.Collections.Concurrent;
using Pipeline.Delivery.Ports;

namespace Pipeline.Registry.Tests;

/// <summary>Keeps what a person would have been told.</summary>
internal sealed class RecordingLog : IDeliveryLog
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public void Information(string message) => lines.Enqueue(message);

    public void Warning(string message) => lines.Enqueue(message);
}
