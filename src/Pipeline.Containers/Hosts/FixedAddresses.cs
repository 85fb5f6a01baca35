namespace Pipeline.Containers.Hosts;

/// <summary>
/// The addresses in the environment's network that its own parts have. They are known without asking an engine, and hold while it is away; instances are given
/// theirs from the other end.
/// </summary>
/// <param name="addresses">Those that containers can keep.</param>
internal sealed class FixedAddresses(IReadOnlyList<string> addresses)
{
    public string Keeper => addresses[^1];

    public string Database => addresses[^2];

    public string Sandbox => addresses[^3];
}
