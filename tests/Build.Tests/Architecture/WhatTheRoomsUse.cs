namespace Build.Tests.Architecture;

public sealed class WhatTheRoomsUse
{
    private static readonly string[] Outside = ["System.IO.", "System.Net.", "System.Diagnostics.Process", "Microsoft.Win32."];

    [Fact]
    public void The_delivery_touches_no_file_no_network_and_no_process() =>
        Assert.DoesNotContain(Metadata.ForeignTypes("Pipeline.Delivery"), used => Outside.Any(prefix => used.Type.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>With CakeFrosting=package the Cake.Frosting package takes the place of Pipeline.Frosting: what is used of it must be there too.</summary>
    [Theory]
    [InlineData("Pipeline.Targets")]
    [InlineData("Pipeline.Applications")]
    [InlineData("Build")]
    public void Of_the_authoring_API_only_what_the_package_has_is_used(string assembly)
    {
        var package = File.ReadLines(Repository.File("tests", "Pipeline.Frosting.Tests", "PublicApi.txt"))
            .Where(line => !line.StartsWith(' ') && !line.StartsWith("namespace ", StringComparison.Ordinal)).Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var used = Metadata.ForeignTypes(assembly).Where(type => type.Assembly == "Pipeline.Frosting").Select(type => type.Type).ToList();
        Assert.NotEmpty(used);
        Assert.DoesNotContain(used, type => !package.Contains(type));
    }

    private static string NameOf(string heading)
    {
        var words = heading.Split(' ');
        var name = words.SkipWhile(word => word is "static" or "sealed" or "abstract" or "class" or "interface").First();
        var generic = name.IndexOf('<', StringComparison.Ordinal);
        return $"Cake.Frosting.{(generic < 0 ? name : $"{name[..generic]}`1")}";
    }
}
