using System.Security.Cryptography;
using System.Text;
using Pipeline.Targets.Running;

namespace Pipeline.Targets;

/// <summary>Masks secrets in everything that the run writes, for services that learn of them outside of a target. Ask dependency injection for it.</summary>
public sealed class SecretMask
{
    private readonly Lock gate = new();
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly RunState run;

    internal SecretMask(RunState run) => this.run = run;

    /// <summary>Masks a value from now on; one that is masked already changes nothing.</summary>
    /// <param name="secret">The value.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="ArgumentException">The value has fewer than 4 characters: it would occur everywhere by chance.</exception>
    public void Mask(string secret, string what)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        // Whoever comes second may use the value when this returns: by then it is masked.
        lock (gate)
        {
            if (known.Contains(hash))
                return;
            run.Mask(secret, what);
            known.Add(hash);
        }
    }

    /// <summary>A text without the secrets that are known by now, for what the run does not write itself: a record in a database, a message to others.</summary>
    public string Hide(string text) => run.Masker.Mask(text);
}
