using Pipeline.Applications.Auditing.Leaks;
using Pipeline.Applications.Auditing.Licences;

namespace Pipeline.Applications.Auditing;

/// <summary>What an application allows: each exception with its reason, where reviewers read it.</summary>
public sealed record AuditPolicy
{
    /// <summary>The licences that packages may have.</summary>
    public required LicencePolicy Licences { get; init; }

    /// <summary>What looks like a secret and is none.</summary>
    public IReadOnlyList<AllowedLeak> Leaks { get; init; } = [];
}
