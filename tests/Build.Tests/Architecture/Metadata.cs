using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Build.Tests.Architecture;

/// <summary>The types from other assemblies that a compiled assembly names.</summary>
internal static class Metadata
{
    public static IReadOnlyList<(string Assembly, string Type)> ForeignTypes(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
        using var image = new PEReader(file);
        var reader = image.GetMetadataReader();
        return [.. reader.TypeReferences.Select(reader.GetTypeReference).Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            .Select(type => (AssemblyOf(reader, type), $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}"))];
    }

    private static string AssemblyOf(MetadataReader reader, TypeReference type) =>
        reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name);
}
