namespace Pipeline.Edge.Listening;

/// <summary>The doorways of a worker: one for each kind of connection, and for each protocol of the public ones.</summary>
internal sealed record Doorways
{
    public Doorway Http1 { get; } = new("http/1.1");

    public Doorway Http2 { get; } = new("http/2");

    public Doorway Operators { get; } = new("operators");

    public Doorway For(ConnectionKind kind) => kind == ConnectionKind.Public ? Http1 : Operators;
}
