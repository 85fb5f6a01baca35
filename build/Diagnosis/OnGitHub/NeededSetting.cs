namespace Build.Diagnosis.OnGitHub;

/// <summary>A secret or variable that jobs of an environment read.</summary>
/// <param name="Kind">Which of both.</param>
/// <param name="Name">Its name.</param>
/// <param name="Jobs">The jobs that read it, each with its environment on GitHub; null for one without.</param>
/// <param name="IsEarly">Whether a job reads it before it begins, when what its environment holds is not known yet.</param>
public sealed record NeededSetting(SettingKind Kind, string Name, IReadOnlyList<(string Job, string? Environment)> Jobs, bool IsEarly)
{
    /// <summary>The jobs that are skipped without it.</summary>
    public IReadOnlyList<string> Decides { get; init; } = [];

    /// <summary>What holds where it is not set; null when it is needed.</summary>
    public string? Otherwise { get; init; }

    /// <summary>How people call it: <c>secret PIPELINE_LEDGER</c>.</summary>
    public string Title => $"{Word} {Name}";

    /// <summary>The kind as <c>gh</c> calls it.</summary>
    public string Word => Kind == SettingKind.Secret ? "secret" : "variable";

    /// <summary>The environments whose own settings are asked for it, before those of the repository; null stands for a job that has no such.</summary>
    public IReadOnlyList<string?> Places => IsEarly ? [null] : [.. Jobs.Select(job => job.Environment).Distinct()];
}
