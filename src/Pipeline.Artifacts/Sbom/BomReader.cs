using System.Text.Json;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Sbom;

/// <summary>Reads a bill of materials, whoever wrote it.</summary>
internal static class BomReader
{
    /// <exception cref="DeliveryException">It is no CycloneDX document.</exception>
    public static Bom Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var bom = CanonicalJson.Read<Bom>(json);
            return bom.Format == "CycloneDX" ? bom : throw new JsonException($"bomFormat is '{bom.Format}'");
        }
        catch (JsonException malformed)
        {
            throw new DeliveryException($"it is no CycloneDX document: {malformed.Message}; attach it anew", malformed);
        }
    }
}
