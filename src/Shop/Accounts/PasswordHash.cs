using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Accounts;

/// <summary>
/// PBKDF2 with HMAC-SHA-512 (<see href="https://www.rfc-editor.org/rfc/rfc8018#section-5.2"/>), written as
/// <c>pbkdf2-sha512$iterations$salt$key</c> so that the cost can rise without a migration.
/// </summary>
/// <remarks>
/// 60,000 iterations cost an instance about 30 ms of one core: a login stays well below what a person notices and a deploy's smoke and
/// load checks stay cheap, while the throttle in front (<see cref="LoginThrottle"/>) stops guessing. Raising <see cref="Iterations"/> is
/// safe at any time: every hash is verified with the cost it was made with and remade at the next login.
/// </remarks>
internal static class PasswordHash
{
    private const int Iterations = 60_000;
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;
    private const string Scheme = "pbkdf2-sha512";

    // Verified against when there is no such account, so that the answer takes as long as for one that exists.
    private static readonly Lazy<string> Nobody = new(() => Create(Convert.ToHexString(RandomNumberGenerator.GetBytes(KeyBytes))));

    // No more at once than there are cores: a burst of logins must not starve every other page.
    private static readonly SemaphoreSlim Cores = new(Environment.ProcessorCount);

    public static Task<string> CreateAsync(string password, CancellationToken cancellation) =>
        OnACoreAsync(() => Create(password), cancellation);

    public static Task<bool> VerifyAsync(string? hash, string password, CancellationToken cancellation) =>
        OnACoreAsync(() => Verify(hash ?? Nobody.Value, password) && hash is not null, cancellation);

    public static bool IsOutdated(string hash) =>
        !hash.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}$"), StringComparison.Ordinal);

    private static async Task<T> OnACoreAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await Cores.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            Cores.Release();
        }
    }

    private static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var key = Derive(password, salt, Iterations, KeyBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(key)}");
    }

    private static bool Verify(string hash, string password)
    {
        var parts = hash.Split('$');
        if (parts is not [Scheme, var iterations, var salt, var key])
            throw new InvalidOperationException($"a password hash is not of the form {Scheme}$iterations$salt$key; let the customer set a new password");
        var expected = Convert.FromBase64String(key);
        var actual = Derive(password, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture), expected.Length);
        return CryptographicOperations.FixedTimeEquals(expected, actual);
    }

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, length);
}
