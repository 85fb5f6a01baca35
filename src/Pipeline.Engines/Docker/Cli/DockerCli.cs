using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Pipeline.Engines.Docker.Hosts;

namespace Pipeline.Engines.Docker.Cli;

/// <summary>
/// Speaks with one Docker host through the <c>docker</c> command, so that sockets, TLS, ssh and contexts all work alike. See
/// https://docs.docker.com/reference/cli/docker/.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="time">The clock of time-outs.</param>
public sealed class DockerCli(DockerHost host, TimeProvider time)
{
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = false };

    /// <summary>The host it speaks with.</summary>
    public DockerHost Host => host;

    /// <summary>Calls, and returns what was written to standard output.</summary>
    /// <exception cref="DockerException">The call failed or took too long.</exception>
    public async Task<string> RunAsync(DockerCall call, CancellationToken cancellation)
    {
        var result = await TryAsync(call, cancellation);
        return result.ExitCode == 0 ? result.Output : throw Failure(call, result);
    }

    /// <summary>Calls with the default time limit, and returns what was written to standard output.</summary>
    /// <exception cref="DockerException">The call failed or took too long.</exception>
    public Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) => RunAsync(new DockerCall(arguments), cancellation);

    /// <summary>Calls, and returns how that ended.</summary>
    /// <exception cref="DockerException">It took too long, or the <c>docker</c> command is missing.</exception>
    public async Task<DockerResult> TryAsync(DockerCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var limit = Limit(call);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        using var process = DockerProcess.Start(host, call.Arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop.Token);
            var errors = process.StandardError.ReadToEndAsync(stop.Token);
            await FeedAsync(process, call.Input, stop.Token);
            await process.WaitForExitAsync(stop.Token);
            return new DockerResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw Late(call, late);
        }
        finally
        {
            DockerProcess.End(process);
        }
    }

    /// <summary>Calls, and reads what comes as JSON: one array, or an object a line.</summary>
    /// <exception cref="DockerException">The call failed, took too long, or wrote something else.</exception>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(DockerCall call, CancellationToken cancellation) => Parse<T>(call, await RunAsync(call, cancellation));

    /// <summary>Reads the JSON that a call wrote.</summary>
    internal IReadOnlyList<T> Parse<T>(DockerCall call, string output)
    {
        try
        {
            return output.StartsWith('[')
                ? JsonSerializer.Deserialize<List<T>>(output, Json)!
                : [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<T>(line, Json)!)];
        }
        catch (JsonException wrong)
        {
            throw new DockerException(host, DockerFault.Other,
                $"{host}: {call.About}: the docker command wrote what cannot be read ({wrong.Message}); use Docker 20.10 or newer", wrong);
        }
    }

    /// <summary>Calls, and yields the lines of standard output and standard error as they come, until the call ends or is cancelled: the call's time limit does not count here.</summary>
    /// <exception cref="DockerException">The call failed.</exception>
    public async IAsyncEnumerable<string> FollowAsync(DockerCall call, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var process = DockerProcess.Start(host, call.Arguments);
        try
        {
            process.StandardInput.Close();
            var lines = new LineMerge(process.StandardOutput, process.StandardError);
            await foreach (var line in lines.ReadAsync(cancellation))
                yield return line;
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw Failure(call, new DockerResult(process.ExitCode, "", lines.LastOfErrors));
        }
        finally
        {
            DockerProcess.End(process);
        }
    }

    /// <summary>Begins a call with bytes going in and coming out for as long as wanted: <c>docker exec -i … relay</c>.</summary>
    /// <exception cref="DockerException">The <c>docker</c> command is missing.</exception>
    public DockerPipe Open(IReadOnlyList<string> arguments) => new(DockerProcess.Start(host, arguments));

    /// <summary>Asks the host who it is. Never throws for what the host does or does not answer.</summary>
    public async Task<DockerHostObservation> ObserveAsync(CancellationToken cancellation)
    {
        try
        {
            var call = new DockerCall(["version", "--format", "{{.Server.Version}}"]) { About = "asking for its version", Timeout = LookTimeout };
            return new(host, (await RunAsync(call, cancellation)).Trim(), null);
        }
        catch (DockerException fault)
        {
            return new(host, null, fault.Message);
        }
    }

    /// <summary>The exception of a call that failed.</summary>
    internal DockerException Failure(DockerCall call, DockerResult result)
    {
        var (fault, remedy) = DockerFaults.Of(result.Errors);
        return new DockerException(host, fault, $"{host}: {call.About}: {DockerFaults.Words(result.Errors)}; {remedy}") { IsTransient = DockerFaults.IsTransient(fault) };
    }

    /// <summary>The exception of a call that took longer than it may.</summary>
    internal DockerException Late(DockerCall call, Exception? cause) =>
        new(host, DockerFault.TimedOut, $"{host}: {call.About}: no answer within {call.Timeout.TotalSeconds:0.###} s; look whether the engine there is alive, then run again", cause) { IsTransient = true };

    /// <summary>What ends when a call that begins now has taken as long as it may.</summary>
    internal CancellationTokenSource Limit(DockerCall call) => new(call.Timeout, time);

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The command ended without reading all of it; its exit code and its words tell why.
        }
    }
}
