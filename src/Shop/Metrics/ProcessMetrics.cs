using System.Diagnostics;

namespace Shop.Metrics;

/// <summary>What the process itself uses, under the names that Prometheus' own clients give them.</summary>
internal static class ProcessMetrics
{
    public static IReadOnlyList<IMetric> All { get; } =
    [
        new Gauge("process_cpu_seconds_total", "Processor time of user and system.", "counter", () => Environment.CpuUsage.TotalTime.TotalSeconds),
        new Gauge("process_resident_memory_bytes", "Memory in use.", "gauge", () => Environment.WorkingSet),
        new Gauge("process_start_time_seconds", "When the process started, as Unix time.", "gauge", StartTime),
        new Gauge("dotnet_gc_heap_size_bytes", "Managed memory after the last collection.", "gauge", () => GC.GetTotalMemory(forceFullCollection: false)),
        new Gauge("dotnet_gc_collections_total", "Collections of any generation.", "counter", () => GC.CollectionCount(0)),
        new Gauge("dotnet_gc_pause_seconds_total", "Time that collections stopped the process.", "counter", () => GC.GetTotalPauseDuration().TotalSeconds),
        new Gauge("dotnet_threadpool_threads", "Threads of the pool.", "gauge", () => ThreadPool.ThreadCount),
        new Gauge("dotnet_threadpool_queue_length", "Work that waits for a thread.", "gauge", () => ThreadPool.PendingWorkItemCount),
    ];

    private static double StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
    }
}
