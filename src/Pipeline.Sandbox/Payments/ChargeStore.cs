using System.Globalization;
using System.Text.Json;
using Pipeline.Sandbox.Storage;

namespace Pipeline.Sandbox.Payments;

/// <summary>The last charges, in memory and on the disk. A charge and its idempotency key are forgotten together.</summary>
internal sealed class ChargeStore
{
    private const int Kept = 1000;
    private readonly Lock gate = new();
    private readonly NumberedFiles files;
    private readonly TimeProvider time;
    private readonly SortedDictionary<int, Charge> charges = [];
    private readonly Dictionary<string, Charge> byKey = new(StringComparer.Ordinal);
    private int last;

    public ChargeStore(DataFolder data, TimeProvider time)
    {
        files = new NumberedFiles(Path.Combine(data.Path, "charges"), ".json");
        this.time = time;
        foreach (var number in files.Numbers())
            Remember(number, StoredJson.Read<Charge>(files, number));
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Charge> All()
    {
        lock (gate)
            return [.. charges.Values.Reverse()];
    }

    /// <summary>Makes the charge, or returns the one that was made with the same idempotency key.</summary>
    public ChargeAnswer Make(ChargeRequest request, string? idempotencyKey)
    {
        lock (gate)
        {
            if (idempotencyKey is not null && byKey.TryGetValue(idempotencyKey, out var earlier))
                return new ChargeAnswer(earlier, IsSame(earlier, request) ? ChargeAnswerKind.Replayed : ChargeAnswerKind.KeyReused);
            var declined = SpecialCharges.DeclineCode(request);
            var number = last + 1;
            var charge = new Charge(
                string.Create(CultureInfo.InvariantCulture, $"ch_{number:D8}"), request.Amount, request.Currency, request.Reference,
                declined is null ? ChargeStatus.Succeeded : ChargeStatus.Declined, declined, time.GetUtcNow(), idempotencyKey);
            files.Write(number, JsonSerializer.SerializeToUtf8Bytes(charge, StoredJson.Options));
            Remember(number, charge);
            return new ChargeAnswer(charge, ChargeAnswerKind.Made);
        }
    }

    private static bool IsSame(Charge charge, ChargeRequest request) =>
        (charge.Amount, charge.Currency, charge.Reference) == (request.Amount, request.Currency, request.Reference);

    private void Remember(int number, Charge charge)
    {
        last = number;
        charges.Add(number, charge);
        if (charge.IdempotencyKey is { } key)
            byKey[key] = charge;
        if (charges.Count <= Kept)
            return;
        var (oldest, forgotten) = charges.First();
        charges.Remove(oldest);
        if (forgotten.IdempotencyKey is { } forgottenKey)
            byKey.Remove(forgottenKey);
        files.Delete(oldest);
    }
}

/// <summary>What became of a request for a charge.</summary>
internal sealed record ChargeAnswer(Charge Charge, ChargeAnswerKind Kind);

/// <summary>The ways a request for a charge ends.</summary>
internal enum ChargeAnswerKind
{
    Made,
    Replayed,
    KeyReused,
}
