namespace Pipeline.GitHub.Rest;

/// <summary>A person, an app or an organisation.</summary>
/// <param name="Login">The name.</param>
/// <param name="Id">The number, which stays when the name changes.</param>
public sealed record Account(string Login, long Id);
