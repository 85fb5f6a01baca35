using System.Text;
using System.Text.Json;
using Pipeline.Artifacts.Sbom;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Tests.Sbom;

public sealed class BillOfMaterialsTests
{
    [Fact]
    public async Task A_package_is_listed_with_version_address_hash_licence_and_what_it_needs()
    {
        using var parts = await Parts.CreateAsync();
        using var bom = await parts.ListAsync();
        var package = Component(bom, "pkg:nuget/Example.Data@2.1.0");
        Assert.Equal(("library", "Example.Data", "2.1.0", "required"), (Text(package, "type"), Text(package, "name"), Text(package, "version"), Text(package, "scope")));
        Assert.Equal(("SHA-512", new string('0', 126) + "01"), (Text(package.GetProperty("hashes")[0], "alg"), Text(package.GetProperty("hashes")[0], "content")));
        Assert.Equal("MIT OR Apache-2.0", Text(package.GetProperty("licenses")[0], "expression"));
        Assert.Equal(["pkg:nuget/Example.Core@1.0.0-rc.1"], Needs(bom, "pkg:nuget/Example.Data@2.1.0"));
        Assert.Equal("file LICENSE.txt in the package", Text(Component(bom, "pkg:nuget/Example.Core@1.0.0-rc.1").GetProperty("licenses")[0].GetProperty("license"), "name"));
    }

    [Fact]
    public async Task What_only_builds_the_application_is_listed_as_not_in_the_image()
    {
        using var parts = await Parts.CreateAsync();
        using var bom = await parts.ListAsync();
        Assert.Equal("excluded", Text(Component(bom, "pkg:nuget/Example.Analyzers@3.0.0"), "scope"));
        Assert.Equal("excluded", Text(Component(bom, "framework:Microsoft.NETCore.App@10.0.0"), "scope"));
        Assert.Equal("required", Text(Component(bom, "project:Example.Library@0.1.0"), "scope"));
    }

    [Fact]
    public async Task It_names_the_image_by_digest_and_the_commit()
    {
        using var parts = await Parts.CreateAsync();
        using var bom = await parts.ListAsync();
        var image = bom.RootElement.GetProperty("metadata").GetProperty("component");
        Assert.Equal(("container", "sample", "1.2.3"), (Text(image, "type"), Text(image, "name"), Text(image, "version")));
        Assert.Equal(parts.Artifact.Digest.Hex, Text(image.GetProperty("hashes")[0], "content"));
        Assert.Equal("2026-03-04T05:06:07Z", Text(bom.RootElement.GetProperty("metadata"), "timestamp"));
        Assert.Equal(
            ["framework:Microsoft.NETCore.App@10.0.0", "os:debian@12", "pkg:deb/debian/libc6@2.36-9%2Bdeb12u9?arch=amd64&distro=debian-12",
                "pkg:deb/debian/libgcc-s1@12.2.0-14?arch=amd64&distro=debian-12", "pkg:npm/%40scope/tool@1.0.0", "pkg:npm/pg@8.11.0", "pkg:nuget/Example.Data@2.1.0", "project:Example.Library@0.1.0"],
            Needs(bom, Text(image, "bom-ref")!));
    }

    [Fact]
    public async Task Packages_of_Debian_in_the_layers_are_listed_with_their_licences()
    {
        using var parts = await Parts.CreateAsync();
        using var bom = await parts.ListAsync();
        var package = Component(bom, "pkg:deb/debian/libc6@2.36-9%2Bdeb12u9?arch=amd64&distro=debian-12");
        Assert.Equal(("libc6", "2.36-9+deb12u9"), (Text(package, "name"), Text(package, "version")));
        Assert.Equal(["GPL-2", "LGPL-2.1+"], package.GetProperty("licenses").EnumerateArray().Select(licence => Text(licence.GetProperty("license"), "name")));
        Assert.Equal(["pkg:deb/debian/libgcc-s1@12.2.0-14?arch=amd64&distro=debian-12"], Needs(bom, Text(package, "bom-ref")!));
        Assert.DoesNotContain(bom.RootElement.GetProperty("components").EnumerateArray(), component => Text(component, "name") == "removed");
    }

    [Fact]
    public async Task Packages_of_npm_in_the_layers_are_listed()
    {
        using var parts = await Parts.CreateAsync();
        using var bom = await parts.ListAsync();
        Assert.Equal("MIT", Text(Component(bom, "pkg:npm/pg@8.11.0").GetProperty("licenses")[0].GetProperty("license"), "name"));
        Assert.Equal(["pkg:npm/%40scope/tool@1.0.0"], Needs(bom, "pkg:npm/pg@8.11.0"));
    }

    [Fact]
    public async Task The_same_artifact_gives_the_same_bytes_on_two_machines()
    {
        using var one = await Parts.CreateAsync();
        using var other = await Parts.CreateAsync();
        Assert.Equal(one.Artifact.Digest, other.Artifact.Digest);
        Assert.Equal(Encoding.UTF8.GetString((await one.ContentAsync()).Span), Encoding.UTF8.GetString((await other.ContentAsync()).Span));
    }

    [Fact]
    public async Task It_satisfies_the_schema_of_CycloneDX()
    {
        using var parts = await Parts.CreateAsync();
        await CycloneDxSchema.RequireValidAsync((await parts.ContentAsync()).ToArray());
    }

    [Fact]
    public async Task The_schema_refuses_what_is_no_bill_of_materials()
    {
        using var parts = await Parts.CreateAsync();
        var broken = Encoding.UTF8.GetString((await parts.ContentAsync()).Span).Replace("\"container\"", "\"crate\"", StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => CycloneDxSchema.RequireValidAsync(Encoding.UTF8.GetBytes(broken)));
        Assert.Contains("/metadata/component/type", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_list_of_restored_packages_it_says_how_to_get_it()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => BillOfMaterials.ListAsync(sample.Store, artifact.Digest, "/does/not/exist/project.assets.json", TestContext.Current.CancellationToken));
        Assert.StartsWith("the restored packages cannot be read from /does/not/exist/project.assets.json: ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("; restore the project with dotnet restore", refusal.Message, StringComparison.Ordinal);
    }

    private static JsonElement Component(JsonDocument bom, string reference) =>
        bom.RootElement.GetProperty("components").EnumerateArray().Single(component => Text(component, "bom-ref") == reference);

    private static IEnumerable<string> Needs(JsonDocument bom, string reference) => bom.RootElement.GetProperty("dependencies").EnumerateArray()
        .Single(dependency => Text(dependency, "ref") == reference).GetProperty("dependsOn").EnumerateArray().Select(needed => needed.GetString()!);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
