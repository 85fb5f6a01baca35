using Pipeline.Images.Debian;
using Pipeline.Testing;

namespace Pipeline.Images.Tests;

public sealed class AptSourceTests
{
    [Fact]
    public void Both_formats_are_read_and_what_belongs_to_another_release_is_not()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("sources.list.d"));
        File.WriteAllText(folder.Combine("sources.list"), """
            # deb http://commented.example bookworm main
            deb [arch=amd64 signed-by=/usr/share/keyrings/site.gpg] http://mirror.example/debian bookworm main contrib
            deb-src http://mirror.example/debian bookworm main
            deb http://mirror.example/debian trixie main
            """);
        File.WriteAllText(folder.Combine("sources.list.d/site.sources"), """
            # the site's mirror
            Types: deb deb-src
            URIs: http://mirror.example/security
             http://other.example/security
            Suites: bookworm-security
            Components: main
              non-free-firmware

            Types: deb
            Enabled: no
            URIs: http://off.example/debian
            Suites: bookworm
            Components: main

            Types: deb
            URIs: http://vendor.example
            Suites: nodistro
            Components: main
            """);
        Assert.Equal(
            ["deb http://mirror.example/debian bookworm main", "deb http://mirror.example/security bookworm-security main", "deb http://other.example/security bookworm-security main"],
            AptSources.Read(folder.Path, "bookworm").Select(source => source.Line));
    }

    [Fact]
    public void A_machine_without_sources_has_none()
    {
        using var folder = new TemporaryDirectory();
        Assert.Empty(AptSources.Read(folder.Path, "bookworm"));
    }
}
