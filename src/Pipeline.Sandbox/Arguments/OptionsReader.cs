using System.Net;

namespace Pipeline.Sandbox.Arguments;

/// <summary>Reads the program's arguments and notes every fault.</summary>
internal sealed class OptionsReader
{
    public const string Usage = """
        usage: Pipeline.Sandbox --http ADDRESS:PORT --smtp ADDRESS:PORT --mode test|live --data FOLDER
          --http   where the payment gateway, the mail API and the inbox listen, as 127.0.0.1:8025; port 0 takes a free one
          --smtp   where mail is taken, as 127.0.0.1:2525; port 0 takes a free one
          --mode   which payment keys are accepted: test_… or live_…
          --data   the folder in which mails and charges are kept; made when missing
          --help   show this
        """;

    private static readonly string[] Names = ["--http", "--smtp", "--mode", "--data"];
    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];

    private OptionsReader()
    {
    }

    /// <summary>The options; null when there are faults.</summary>
    public static (SandboxOptions? Options, IReadOnlyList<string> Faults) Read(IReadOnlyList<string> arguments)
    {
        var reader = new OptionsReader();
        reader.Collect(arguments);
        var http = reader.EndPoint("--http");
        var smtp = reader.EndPoint("--smtp");
        var mode = reader.Mode();
        var data = reader.Value("--data");
        if (http is not null && http.Port != 0 && http.Equals(smtp))
            reader.faults.Add($"--http and --smtp are both {http}; give each a port of its own");
        return reader.faults.Count == 0
            ? (new SandboxOptions(http!, smtp!, mode!.Value, Path.GetFullPath(data!)), [])
            : (null, reader.faults);
    }

    private void Collect(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var (name, value) = arguments[index].Split('=', 2) is [var before, var after] ? (before, after) : (arguments[index], null);
            if (!Names.Contains(name))
            {
                faults.Add($"{name} is no option; there are {string.Join(", ", Names)} and --help");
                if (index + 1 < arguments.Count && !arguments[index + 1].StartsWith("--", StringComparison.Ordinal))
                    index++;
                continue;
            }
            if (value is null && index + 1 < arguments.Count && !arguments[index + 1].StartsWith("--", StringComparison.Ordinal))
                value = arguments[++index];
            if (!given.TryAdd(name, value ?? ""))
                faults.Add($"{name} is given twice; keep one");
        }
    }

    private string? Value(string name)
    {
        if (given.TryGetValue(name, out var value) && value.Length > 0)
            return value;
        faults.Add(given.ContainsKey(name) ? $"{name} has no value; write it after the option" : $"{name} is missing; see --help");
        return null;
    }

    private IPEndPoint? EndPoint(string name)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(value, out var endPoint) && !value.EndsWith(':') && HasPort(value))
            return endPoint;
        faults.Add($"{name} is '{value}', which is no IP address with a port; write it as 127.0.0.1:8025 or [::1]:8025");
        return null;
    }

    /// <summary>An IPv6 address without brackets has colons but no port.</summary>
    private static bool HasPort(string value) =>
        value.IndexOf(':', StringComparison.Ordinal) == value.LastIndexOf(':') || value.Contains("]:", StringComparison.Ordinal);

    private PaymentMode? Mode()
    {
        if (Value("--mode") is not { } value)
            return null;
        if (value == "test")
            return PaymentMode.Test;
        if (value == "live")
            return PaymentMode.Live;
        faults.Add($"--mode is '{value}'; write test or live");
        return null;
    }
}
