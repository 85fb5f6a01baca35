namespace Pipeline.Edge.Control;

/// <summary>Where an edge's local sockets are, as the file <c>sockets.json</c> in its folder says.</summary>
internal sealed record SocketPaths(string Worker, string Control, string Private);
