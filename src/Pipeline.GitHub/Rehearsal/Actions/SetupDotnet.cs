namespace Pipeline.GitHub.Rehearsal.Actions;

/// <summary>https://github.com/actions/setup-dotnet.</summary>
internal sealed class SetupDotnet : StandIn
{
    internal override string Action => "actions/setup-dotnet";

    internal override string Instead => "looks whether this machine has the SDK";

    internal override IReadOnlyList<string> Inputs => ["global-json-file", "dotnet-version", "cache"];

    internal override async Task<IReadOnlyDictionary<string, string>> RunAsync(ActionCall call, CancellationToken cancellation)
    {
        if (call.Is("cache", otherwise: false))
            throw new ActionException("cache has no stand-in; leave it out");
        var globalJson = call.Input("global-json-file") is { } file ? call.InWorkspace(file) : null;
        if (globalJson is not null && !File.Exists(globalJson))
            throw new ActionException($"global-json-file {globalJson} is not there; is there a checkout before this step?");
        var folder = globalJson is null ? call.Job.Folders.Workspace : Path.GetDirectoryName(globalJson)!;
        List<string> lines = [];
        var isThere = await AskAsync(call, folder, ["--version"], lines, cancellation);
        if (!isThere)
            throw new ActionException($"this machine lacks the .NET SDK that {globalJson ?? "the workspace"} asks for; install it: {string.Join(' ', lines)}");
        var version = lines[^1].Trim();
        if (globalJson is null)
            await RequireAsync(call, folder, cancellation);
        call.Log.Quote($".NET SDK {version}");
        return new Dictionary<string, string> { ["dotnet-version"] = version, ["cache-hit"] = "false" };
    }

    private static async Task RequireAsync(ActionCall call, string folder, CancellationToken cancellation)
    {
        List<string> lines = [];
        await AskAsync(call, folder, ["--list-sdks"], lines, cancellation);
        var missing = (call.Input("dotnet-version") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(version => !lines.Any(line => line.StartsWith(version.Split('x')[0], StringComparison.Ordinal))).ToList();
        if (missing.Count > 0)
            throw new ActionException($"this machine lacks the .NET SDK {string.Join(", ", missing)}; install it. It has: {string.Join(", ", lines)}");
    }

    private static async Task<bool> AskAsync(ActionCall call, string folder, string[] arguments, List<string> lines, CancellationToken cancellation) =>
        await call.Process.RunAsync("dotnet", arguments, folder, call.Environment, line => { lock (lines) lines.Add(line); }, cancellation) == 0;
}
