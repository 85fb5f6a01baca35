namespace Pipeline.Testing.Registries;

/// <summary>How a registry is set up.</summary>
public sealed record RegistrySetup
{
    /// <summary>Lines <c>user:bcrypt</c> of an htpasswd file; empty lets everybody in.</summary>
    public string Users { get; init; } = "";

    /// <summary>The address of the token server; null for none.</summary>
    public string? TokenRealm { get; init; }

    /// <summary>The file of the certificate that the token server signs with.</summary>
    public string? TokenCertificate { get; init; }

    /// <summary>The file of its own certificate; null for plain http.</summary>
    public string? Certificate { get; init; }

    /// <summary>The file of the key to it.</summary>
    public string? Key { get; init; }
}
