using Pipeline.Applications.Auditing;
using Pipeline.Applications.Auditing.Licences;

namespace Build.Auditing;

/// <summary>What this repository allows, and why.</summary>
public static class ShopAudit
{
    private const string OldForm = "its package.json names MIT in the form of old (licenses), which npm's lock file leaves out; only tests use it";

    public static AuditPolicy Policy { get; } = new()
    {
        Licences = new()
        {
            Allowed = new HashSet<string>(StringComparer.Ordinal)
            {
                "MIT", "MIT-0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "PostgreSQL", "BlueOak-1.0.0", "Unlicense", "CC0-1.0",
            },
            Exceptions = [.. new[] { "compute-gcd", "compute-lcm", "validate.io-function", "validate.io-integer", "validate.io-integer-array", "validate.io-number" }
                .Select(package => new LicenceException($"pkg:npm/{package}", null, OldForm))],
        },
    };
}
