using Pipeline.Applications.Auditing;

namespace Build.Auditing;

/// <summary>What this repository allows, and why.</summary>
public static class ShopAudit
{
    public static AuditPolicy Policy { get; } = new()
    {
        Licences = new()
        {
            Allowed = new HashSet<string>(StringComparer.Ordinal)
            {
                "MIT", "MIT-0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "PostgreSQL", "BlueOak-1.0.0", "Unlicense", "CC0-1.0",
            },
        },
    };
}
