namespace Pipeline.GitHub.Rehearsal;

/// <summary>Where a rehearsal writes. Whoever writes elsewhere too, such as to a log file, learns what must not be seen there.</summary>
public interface IRehearsalLog
{
    /// <summary>Takes a line, in which everything secret is masked already.</summary>
    /// <param name="line">The line.</param>
    void Say(string line);

    /// <summary>Is told a value that must not be seen anywhere.</summary>
    /// <param name="secret">The value, of any length.</param>
    void Mask(string secret);
}
