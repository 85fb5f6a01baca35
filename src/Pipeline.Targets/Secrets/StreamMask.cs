using System.Text;

namespace Pipeline.Targets.Secrets;

/// <summary>Masks a stream of writes: a text that may be the beginning of a secret is held back until the next write decides.</summary>
internal sealed class StreamMask(SecretMasker masker)
{
    private readonly StringBuilder pending = new();

    /// <summary>Takes what was written and returns what may be shown.</summary>
    internal string Append(ReadOnlySpan<char> text)
    {
        if (pending.Length == 0 && masker.LongestPattern == 0)
            return text.ToString();
        pending.Append(text);
        var all = pending.ToString();
        var held = masker.UnfinishedTail(all);
        // A secret that ends inside the part that is held back must not be cut in two.
        var shown = masker.CutOutsideSecrets(all, all.Length - held);
        pending.Clear().Append(all, shown, all.Length - shown);
        return masker.Mask(all[..shown]);
    }

    /// <summary>Gives out what is still held back: no more follows.</summary>
    internal string Finish()
    {
        var rest = masker.Mask(pending.ToString());
        pending.Clear();
        return rest;
    }
}
