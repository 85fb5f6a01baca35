using System.Collections.Concurrent;
using System.Text;

namespace Pipeline.Configuration.Secrets;

/// <summary>
/// Fetches secrets from where they are kept. Each source is asked once as long as this object lives; each value is handed to whoever masks it before anybody
/// else gets it.
/// </summary>
/// <param name="variable">Reads an environment variable; null when it is not set.</param>
/// <param name="mask">Told of every value that was fetched, before it is returned; not with values too short to be masked.</param>
/// <param name="time">The clock that commands are held against.</param>
public sealed class SecretReader(Func<string, string?> variable, Action<string> mask, TimeProvider time)
{
    private const int LongestFile = 64 * 1024;
    private const int ShortestSecret = 4;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> fetched = new(StringComparer.Ordinal);

    /// <summary>How long a command may take; default 30 seconds.</summary>
    public TimeSpan CommandLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes all that was masked out of a text that is kept or sent elsewhere; by default nothing is taken out.</summary>
    public Func<string, string> Hide { get; init; } = text => text;

    /// <summary>The value itself, or what its source gives.</summary>
    /// <exception cref="SecretSourceException">The source cannot be read, is empty, or gives what cannot be masked.</exception>
    public async Task<string> ReadAsync(string value, CancellationToken cancellation) =>
        SecretSource.Find(value) is { } source ? await FetchAsync(source, cancellation) : value;

    /// <summary>
    /// Masks a secret, and of an address with a password in it the password too. What is too short to be masked is left alone: it would occur everywhere by
    /// chance.
    /// </summary>
    public void Mask(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        foreach (var form in Forms(secret).Where(form => form.Length >= ShortestSecret).Distinct(StringComparer.Ordinal))
            mask(form);
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        if (!Uri.TryCreate(secret, UriKind.Absolute, out var address) || address.UserInfo.Split(':', 2) is not [_, var password])
            yield break;
        yield return password;
        yield return Uri.UnescapeDataString(password);
    }

    private async Task<string> FetchAsync(SecretSource source, CancellationToken cancellation)
    {
        var asked = fetched.GetOrAdd(source.Text, _ => new Lazy<Task<string>>(() => AskOnceAsync(source, cancellation)));
        try
        {
            return await asked.Value;
        }
        catch
        {
            // What failed may be mended meanwhile: the next one asks again.
            fetched.TryRemove(KeyValuePair.Create(source.Text, asked));
            throw;
        }
    }

    private async Task<string> AskOnceAsync(SecretSource source, CancellationToken cancellation)
    {
        var secret = Check(source, await AskAsync(source, cancellation));
        Mask(secret);
        return secret;
    }

    private Task<string> AskAsync(SecretSource source, CancellationToken cancellation) => source.Kind switch
    {
        SecretSourceKind.Variable => Task.FromResult(
            variable(source.Argument) ?? throw new SecretSourceException($"{source} names an environment variable that is not set; set {source.Argument}")),
        SecretSourceKind.File => ReadFileAsync(source, cancellation),
        _ => new SecretCommand(source, CommandLimit, time).RunAsync(cancellation),
    };

    private static async Task<string> ReadFileAsync(SecretSource source, CancellationToken cancellation)
    {
        const string home = "~/";
        var path = source.Argument.StartsWith(home, StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), source.Argument[home.Length..])
            : source.Argument;
        try
        {
            var file = new FileInfo(Path.GetFullPath(path));
            if (file is { Exists: true, Length: > LongestFile })
                throw new SecretSourceException($"{source} names a file of more than {LongestFile / 1024} KiB, which is no secret; name one that holds the value alone");
            return await File.ReadAllTextAsync(file.FullName, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), cancellation);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SecretSourceException($"{source} names a file that is missing; put the value there, or correct the path", missing);
        }
        catch (DecoderFallbackException)
        {
            throw new SecretSourceException($"{source} names a file that is not UTF-8; encode the value, as base64 for instance");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SecretSourceException($"{source} names a file that cannot be read; let this user read it, or correct the path", unreadable);
        }
    }

    private static string Check(SecretSource source, string text)
    {
        var secret = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        if (secret.Length < ShortestSecret)
            throw new SecretSourceException(secret.Length == 0
                ? $"{source} gives nothing; put a value there"
                : $"{source} gives fewer than {ShortestSecret} characters, which cannot be masked; use a longer secret");
        return secret.Contains('\0', StringComparison.Ordinal)
            ? throw new SecretSourceException($"{source} gives a NUL character, which no setting can hold; encode the value, as base64 for instance")
            : secret;
    }
}
