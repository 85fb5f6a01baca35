namespace Pipeline.GitHub.Rest;

/// <summary>A page of secrets, wherever they are kept.</summary>
internal sealed record SecretPage(IReadOnlyList<KeptSecret> Secrets);
