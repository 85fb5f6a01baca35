namespace Pipeline.Artifacts.Registry.Credentials;

/// <summary>What a registry is told about who asks. Never written anywhere.</summary>
/// <param name="User">The name; empty with a token.</param>
/// <param name="Secret">The password or the token.</param>
/// <param name="Kind">What the secret is.</param>
/// <param name="Source">Where it was found, for messages.</param>
internal sealed record RegistryCredential(string User, string Secret, CredentialKind Kind, string Source)
{
    /// <summary>Who that is, for messages.</summary>
    public string Who => Kind == CredentialKind.Password ? $"user '{User}'" : "the holder of the token";

    public override string ToString() => $"{Who} from {Source}";
}

/// <summary>The kinds that Docker's configuration knows.</summary>
internal enum CredentialKind
{
    /// <summary>A password, for the registry itself or for its token server.</summary>
    Password,

    /// <summary>An OAuth2 refresh token, for the token server.</summary>
    IdentityToken,

    /// <summary>A bearer token, for the registry itself.</summary>
    RegistryToken,
}
