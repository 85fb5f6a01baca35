namespace Pipeline.Edge.Listening;

/// <summary>Whose a listening socket is.</summary>
internal enum SocketOwnership
{
    /// <summary>The supervisor's, which hands it from worker to worker.</summary>
    Inherited,

    /// <summary>This worker's alone: another that wants the address is told that it is taken.</summary>
    Own,

    /// <summary>This worker's, on an address that the edge taking over listens on too.</summary>
    Shared,

    /// <summary>The door's, which lends it to every edge of the folder.</summary>
    Borrowed,
}
