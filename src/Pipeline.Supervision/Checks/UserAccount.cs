using System.Globalization;
using Pipeline.Supervision.Native;

namespace Pipeline.Supervision.Checks;

/// <summary>A user of this machine, as its password file names it.</summary>
/// <param name="Name">The login name.</param>
/// <param name="Id">The number.</param>
/// <param name="Group">The number of its primary group.</param>
/// <param name="Home">Its home folder.</param>
internal sealed record UserAccount(string Name, uint Id, uint Group, string Home)
{
    private const string PasswordFile = "/etc/passwd";

    /// <summary>The user of this name; null when the machine has none.</summary>
    internal static UserAccount? Find(string name) => File.Exists(PasswordFile)
        ? File.ReadLines(PasswordFile).Select(Parse).FirstOrDefault(account => account?.Name == name)
        : null;

    /// <summary>Whether the present process runs as this user.</summary>
    internal bool IsPresent => Libc.EffectiveUser() == Id;

    private static UserAccount? Parse(string line)
    {
        var fields = line.Split(':');
        return fields.Length >= 6 && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out var id)
            && uint.TryParse(fields[3], CultureInfo.InvariantCulture, out var group)
                ? new UserAccount(fields[0], id, group, fields[5])
                : null;
    }
}
