using System.Reflection;
using System.Text;

namespace Pipeline.Targets.Tests;

/// <summary>What targets are written against changes only on purpose: the list lies beside this test.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_that_was_agreed()
    {
        var actual = Describe(typeof(Target).Assembly);
        var path = Path.Combine(AppContext.BaseDirectory, "PublicApi.txt");
        // After a change on purpose this file replaces the one in the repository.
        File.WriteAllText(Path.ChangeExtension(path, ".actual.txt"), actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            var members = type.GetMembers(Own)
                .Where(member => member is MethodBase { IsPublic: true } or MethodBase { IsFamily: true } or MethodBase { IsFamilyOrAssembly: true } or FieldInfo { IsPublic: true })
                .Where(member => !member.Name.Contains('<', StringComparison.Ordinal) && member is not FieldInfo { IsSpecialName: true })
                .Select(member => $"    {member}")
                .Distinct().Order(StringComparer.Ordinal);
            foreach (var member in members)
                text.Append(member).Append('\n');
        }

        return text.ToString();
    }
}
