using Pipeline.Verification.Load.Reports;

namespace Pipeline.Verification.Load.Plans;

/// <summary>What a load goes to and what it is held to.</summary>
public sealed record LoadTarget
{
    /// <summary>Scheme, host and port.</summary>
    public required Uri Address { get; init; }

    /// <summary>What is sent, in turn; at least one.</summary>
    public required IReadOnlyList<LoadRequest> Requests { get; init; }

    /// <summary>After how long a request counts as failed; above zero, at most 10 minutes, default 10 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The version of HTTP; 1.1 by default.</summary>
    public Version HttpVersion { get; init; } = System.Net.HttpVersion.Version11;

    /// <summary>How many failures are reported in full; 0 to 1000, default 20.</summary>
    public int KeptFailures { get; init; } = 20;

    /// <summary>The response header whose values are counted; default <c>Pipeline-Release</c>, null for none.</summary>
    public string? ReleaseHeader { get; init; } = "Pipeline-Release";

    /// <summary>What the numbers are held to.</summary>
    public LoadLimits Limits { get; init; } = new();

    /// <summary>Told every second that is over; null for nobody.</summary>
    public IProgress<LoadSecond>? Progress { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (!Address.IsAbsoluteUri || Address.Scheme is not ("http" or "https"))
            yield return $"Address is {Address}; write an absolute http or https URL";
        if (Requests.Count == 0)
            yield return "Requests is empty; name at least one request";
        foreach (var request in Requests.Where(request => !request.Path.StartsWith('/')))
            yield return $"request path '{request.Path}' is no path; begin it with /";
        if (RequestTimeout <= TimeSpan.Zero || RequestTimeout > TimeSpan.FromMinutes(10))
            yield return $"RequestTimeout is {RequestTimeout}; it must be above zero and at most 10 minutes";
        if (KeptFailures is < 0 or > 1000)
            yield return $"KeptFailures is {KeptFailures}; it must be 0 to 1000";
    }
}
