using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Build.Tests.Architecture;

/// <summary>
/// The types from other assemblies that a compiled assembly names. It is read where the compiler put it: the copy beside the tests also names what measures their
/// coverage.
/// </summary>
internal static class Metadata
{
    public static IReadOnlyList<(string Assembly, string Type)> ForeignTypes(string assembly)
    {
        using var file = File.OpenRead(Compiled(assembly));
        using var image = new PEReader(file);
        var reader = image.GetMetadataReader();
        return [.. reader.TypeReferences.Select(reader.GetTypeReference).Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            .Select(type => (AssemblyOf(reader, type), $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}"))];
    }

    private static string Compiled(string assembly)
    {
        var project = assembly == "Build" ? Repository.File("build") : Repository.File("src", assembly);
        var (framework, configuration) = (new DirectoryInfo(AppContext.BaseDirectory), new DirectoryInfo(AppContext.BaseDirectory).Parent!);
        return Path.Combine(project, "obj", configuration.Name, framework.Name, $"{assembly}.dll");
    }

    private static string AssemblyOf(MetadataReader reader, TypeReference type) =>
        reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name);
}
