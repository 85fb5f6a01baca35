using Pipeline.Artifacts.Signing;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Applications.SupplyChain;

/// <summary>
/// Who signs, and whose signatures count. <c>--trusted-keys</c> is strict: those keys and no others. The committed <c>trusted-keys.pem</c> is the team's
/// policy; outside of CI the machine's own key counts beside it, for environments of that machine. Without either, those keys count that this machine, the copied
/// artifacts folder or the ledger knows.
/// </summary>
public sealed class ArtifactKeys(StatePaths paths, string? given, SecretReader secrets)
{
    /// <summary>The variable with the signing key, or with where it is kept.</summary>
    public const string Variable = "PIPELINE_SIGNING_KEY";

    /// <summary>The evidence in the ledger of whose key signed a release.</summary>
    public const string Evidence = "signature";

    private const string PemMark = "-----BEGIN ";
    private readonly SigningKeyFolder own = new(paths.Keys);

    /// <summary>Whether trust is configured, rather than found on the machine.</summary>
    public bool IsConfigured => given is not null || File.Exists(paths.TrustedKeys);

    private static bool IsSigningKeyGiven => Given is not null;

    /// <summary>Whether what is signed here is signed with a key that is gone with this machine.</summary>
    public static bool IsPassing => IsOnRunner && !IsSigningKeyGiven;

    /// <summary>The public half of this machine's own key.</summary>
    public string PublicKeyFile => own.PublicKeyFile;

    private static bool IsOnRunner => System.Environment.GetEnvironmentVariable("CI") is "true" or "1";

    private static string? Given => System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : null;

    /// <summary>The key that signs here: the given one, else the machine's own, made when it has none.</summary>
    public async Task<SigningKey> ReadSigningKeyAsync(Action<VerificationKey> made, CancellationToken cancellation) =>
        await ReadGivenAsync(cancellation) ?? own.ReadOrMake(made);

    /// <summary>The public half of the key that would sign here; null when none was given and none was made yet.</summary>
    public async Task<VerificationKey?> FindSigningKeyAsync(CancellationToken cancellation) => (await ReadGivenAsync(cancellation))?.PublicKey ?? own.Find();

    /// <summary>Lets the public key travel with the artifacts.</summary>
    public void Carry(VerificationKey key)
    {
        Directory.CreateDirectory(paths.CarriedKeys);
        var unfinished = Path.Combine(paths.CarriedKeys, $".{Guid.NewGuid():N}");
        File.WriteAllText(unfinished, key.Pem + "\n");
        File.Move(unfinished, Path.Combine(paths.CarriedKeys, $"{key.Id}.pem"), overwrite: true);
    }

    /// <summary>The keys whose signatures on an artifact count.</summary>
    /// <param name="digest">The artifact.</param>
    /// <param name="offered">The keys that the artifact's statements name.</param>
    /// <param name="ledger">What may know them; null when it does not run.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Trust> ReadTrustAsync(Digest digest, IReadOnlyList<VerificationKey> offered, ILedger? ledger, CancellationToken cancellation)
    {
        if (given is not null)
            return new([.. ReadGivenTrust().Select(key => new TrustedKey(key, "--trusted-keys"))], "add its public key to those of --trusted-keys");
        if (File.Exists(paths.TrustedKeys))
            return new([.. ReadFile(paths.TrustedKeys), .. IsPassing ? [] : await ReadOwnAsync(cancellation)], $"add its public key to {Path.GetFileName(paths.TrustedKeys)}");
        return new(
            [.. await ReadOwnAsync(cancellation), .. ReadCarried(), .. await ReadRecordedAsync(digest, offered, ledger, cancellation)],
            "pass its public key with --trusted-keys, or commit it as trusted-keys.pem");
    }

    private async Task<SigningKey?> ReadGivenAsync(CancellationToken cancellation)
    {
        if (Given is not { } value)
            return null;
        try
        {
            var pem = await secrets.ReadAsync(value, cancellation);
            secrets.Mask(pem);
            return SigningKey.FromPem(pem, Variable);
        }
        catch (SecretSourceException fault)
        {
            throw new DeliveryException($"{Variable}: {fault.Message}", fault);
        }
    }

    private async Task<IReadOnlyList<TrustedKey>> ReadOwnAsync(CancellationToken cancellation) =>
        await ReadGivenAsync(cancellation) is { } key ? [new(key.PublicKey, Variable)]
        : own.Find() is { } found ? [new(found, "this machine's own key")]
        : [];

    private IEnumerable<TrustedKey> ReadCarried() => Directory.Exists(paths.CarriedKeys)
        ? Directory.EnumerateFiles(paths.CarriedKeys, "*.pem").Order(StringComparer.Ordinal).SelectMany(ReadFile).Select(trusted => trusted with { Origin = "came with the artifacts folder" })
        : [];

    /// <summary>The ledger is what all gates believe: a key that it knows to have signed this very release counts on every machine that shares it.</summary>
    private static async Task<IReadOnlyList<TrustedKey>> ReadRecordedAsync(
        Digest digest, IReadOnlyList<VerificationKey> offered, ILedger? ledger, CancellationToken cancellation)
    {
        if (ledger is null || offered.Count == 0)
            return [];
        var recorded = (await ledger.ReadRehearsalsAsync(digest, cancellation)).Where(evidence => evidence is { Check: Evidence, Passed: true }).ToArray();
        return [.. offered.Select(key => (Key: key, By: recorded.FirstOrDefault(evidence => evidence.Detail == key.Id)))
            .Where(known => known.By is not null).Select(known => new TrustedKey(known.Key, $"the ledger, by {known.By!.By}"))];
    }

    private IReadOnlyList<VerificationKey> ReadGivenTrust() => given!.Contains(PemMark, StringComparison.Ordinal)
        ? VerificationKey.ReadAll(given, "--trusted-keys")
        : File.Exists(given) ? VerificationKey.ReadAll(File.ReadAllText(given), $"--trusted-keys {given}")
        : throw new DeliveryException($"--trusted-keys {given}: there is no such file; name a file of public keys in PEM");

    private static IEnumerable<TrustedKey> ReadFile(string path) =>
        VerificationKey.ReadAll(File.ReadAllText(path), path).Select(key => new TrustedKey(key, Path.GetFileName(path)));
}
