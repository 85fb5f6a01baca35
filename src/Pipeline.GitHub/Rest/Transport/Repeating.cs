namespace Pipeline.GitHub.Rest.Transport;

/// <summary>Whether a request that may or may not have been carried out can be sent again.</summary>
internal enum Repeating
{
    /// <summary>Twice is as once.</summary>
    IsSafe,

    /// <summary>Twice would make two: only what GitHub surely did not carry out is sent again.</summary>
    WouldDouble,
}
