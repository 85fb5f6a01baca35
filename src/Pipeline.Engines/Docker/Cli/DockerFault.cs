namespace Pipeline.Engines.Docker.Cli;

/// <summary>Why a Docker host did not do what it was asked.</summary>
public enum DockerFault
{
    /// <summary>For a reason of its own, which the message quotes.</summary>
    Other,

    /// <summary>The host, or the <c>docker</c> command itself, cannot be reached.</summary>
    Unreachable,

    /// <summary>It did not answer in time.</summary>
    TimedOut,

    /// <summary>What the call is about does not exist there.</summary>
    NotFound,

    /// <summary>Another container has the name.</summary>
    NameTaken,

    /// <summary>Another program or container has the port, or another container the address.</summary>
    PortTaken,

    /// <summary>The host's disk is full.</summary>
    DiskFull,

    /// <summary>The registry does not have the image.</summary>
    ImageMissing,

    /// <summary>What the registry sent is not what its digest says.</summary>
    ImageDamaged,

    /// <summary>The registry cannot be reached from the host.</summary>
    RegistryUnreachable,

    /// <summary>The registry asks for credentials, or refuses those that it was given.</summary>
    Refused,
}
