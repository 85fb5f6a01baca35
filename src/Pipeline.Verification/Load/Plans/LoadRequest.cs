namespace Pipeline.Verification.Load.Plans;

/// <summary>One kind of request of a load; several are sent in turn.</summary>
public sealed record LoadRequest
{
    /// <summary>The path, with its query: <c>/api/products?page=2</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The method; default GET.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>The body; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>What the body is; default <c>application/json</c>. Ignored without a body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The status that is success; null for any below 400.</summary>
    public int? ExpectedStatus { get; init; }

    /// <summary>A text that the first MiB of the body must hold; null for none.</summary>
    public string? ExpectedText { get; init; }
}
