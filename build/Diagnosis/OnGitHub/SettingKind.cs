namespace Build.Diagnosis.OnGitHub;

/// <summary>What jobs are told by the settings.</summary>
public enum SettingKind
{
    /// <summary>Nobody can read it there but a job.</summary>
    Secret,

    /// <summary>Everybody can who sees the settings.</summary>
    Variable,
}
