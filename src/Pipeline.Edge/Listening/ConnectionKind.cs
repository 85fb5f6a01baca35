namespace Pipeline.Edge.Listening;

/// <summary>The doors of an edge.</summary>
internal enum ConnectionKind
{
    /// <summary>Users.</summary>
    Public,

    /// <summary>The operator's way to one side, whatever its weight.</summary>
    Private,

    /// <summary>The operator's orders.</summary>
    Control,
}
