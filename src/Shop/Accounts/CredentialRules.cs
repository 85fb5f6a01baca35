using System.Net.Mail;

namespace Shop.Accounts;

/// <summary>What the shop takes as an e-mail address and as a password.</summary>
internal static class CredentialRules
{
    public const int PasswordMinimum = 10;
    public const int PasswordMaximum = 200;
    private const int EmailMaximum = 254;

    public static IReadOnlyList<string> Faults(string email, string password)
    {
        var faults = new List<string>();
        if (!IsEmail(email))
            faults.Add("Please give an e-mail address such as ada@example.com.");
        if (password.Length is < PasswordMinimum or > PasswordMaximum)
            faults.Add($"Please choose a password of {PasswordMinimum} to {PasswordMaximum} characters.");
        return faults;
    }

    public static bool IsEmail(string value) =>
        value.Length <= EmailMaximum && value.All(character => character > ' ' && character is not ('<' or '>' or '"' or ',' or ';'))
        && MailAddress.TryCreate(value, out var address) && address.Address == value && address.Host.Contains('.', StringComparison.Ordinal);
}
