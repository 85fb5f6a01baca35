using System.Globalization;
using System.Text.Json.Serialization;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Engines.Docker.Instances;

/// <summary>How a container's program ended last, in words. Of one that was started again the engine tells only among its recent events.</summary>
internal sealed class InstanceExits(DockerCli docker)
{
    private const int FirstSignal = 128;
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(2);

    /// <summary>Null when it never ended since it was asked for.</summary>
    internal async Task<string?> DescribeAsync(ContainerState container, CancellationToken cancellation)
    {
        if (container.Life is { Running: true, Restarting: false })
            return container.RestartCount == 0 ? null : await DescribePastAsync(container, cancellation);
        return container.Life.Status == "created" ? NotStarted(container) : Words(container.Life.ExitCode, container.Life.OutOfMemory, container);
    }

    private async Task<string> DescribePastAsync(ContainerState container, CancellationToken cancellation)
    {
        string[] filters = ["--filter", $"container={container.Id}", "--filter", "event=die", "--filter", "event=oom"];
        string[] moment = ["--since", Moment(container.Life.FinishedAt - Around), "--until", Moment(container.Life.FinishedAt + Around)];
        var call = new DockerCall(["events", .. filters, .. moment, "--format", "{{json .}}"]) { About = $"last events of container {container.Name}" };
        var events = await docker.ReadAsync<ContainerEvent>(call, cancellation);
        return events.LastOrDefault(each => each.Action == "die")?.Actor.Attributes.GetValueOrDefault("exitCode") is { } text
            && int.TryParse(text, CultureInfo.InvariantCulture, out var code)
            ? Words(code, events.Any(each => each.Action == "oom"), container)
            : $"an end at {container.Life.FinishedAt.UtcDateTime:u} that the host's engine no longer knows the code of";
    }

    private static string Words(int code, bool outOfMemory, ContainerState container) => outOfMemory
        ? $"signal 9, out of memory: its limit is {container.Allowance.MemoryBytes / 1024 / 1024} MiB, raise it or mend what takes more"
        : code > FirstSignal ? $"signal {code - FirstSignal}" : $"exit code {code}";

    private static string NotStarted(ContainerState container) => container.Life.Error.Length > 0 ? $"no start: {container.Life.Error}" : "no start";

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private sealed record ContainerEvent
    {
        [JsonPropertyName("Action")]
        public required string Action { get; init; }

        [JsonPropertyName("Actor")]
        public required EventActor Actor { get; init; }
    }

    private sealed record EventActor([property: JsonPropertyName("Attributes")] IReadOnlyDictionary<string, string> Attributes);
}
