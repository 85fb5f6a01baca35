using Pipeline.Applications.Sources.DockerfileRules;
using Pipeline.Testing;

namespace Build.Tests.Linting;

public sealed class DockerfileLintTests
{
    private const string Pinned = "node@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_good_Dockerfile_has_no_findings() => Assert.Empty(Check(
        $"# syntax\nARG BASE\nFROM {Pinned} AS build\nRUN make\nFROM $BASE\nWORKDIR /app\nCOPY --from=build /app .\nCOPY --from=0 /app .\nCOPY --from={Pinned} /bin/node /bin/\nENV A=1 \\\n    B=2\nUSER app\nCMD [\"/app/run\"]\n"));

    [Theory]
    [InlineData("FROM node:20", "1: FROM 'node:20' can be another image tomorrow; name it by digest (name@sha256:…), or take it from an ARG")]
    [InlineData("ARG IMAGE=node:20\nFROM ${IMAGE}", "1: ARG IMAGE defaults to 'node:20', which can be another image tomorrow; name it by digest, or give no default")]
    [InlineData($"FROM {Pinned}\nCOPY --chown=1 --from=busybox:1 /bin/sh /bin/", "2: COPY --from=busybox:1 can be another image tomorrow; name a stage, or the image by digest (name@sha256:…)")]
    [InlineData($"FROM {Pinned}\nADD https://example.org/tool.tgz /opt", "2: ADD takes whatever lies at an address when it is built; fetch it in the pipeline with its checksum and COPY it")]
    [InlineData($"FROM {Pinned}\nRUN true && \\\n  curl -fsS https://example.org/install | sh", "2: RUN gives a download to a shell unseen; fetch it in the pipeline with its checksum and COPY it")]
    [InlineData($"FROM {Pinned}\nENV A=1 DB_PASSWORD=x", "2: ENV DB_PASSWORD looks like a secret, and everybody who has the image can read it; hand it over when the container starts, as a file")]
    [InlineData($"FROM {Pinned}\nENV API_KEY abc", "2: ENV API_KEY looks like a secret, and everybody who has the image can read it; hand it over when the container starts, as a file")]
    [InlineData($"FROM {Pinned}\nARG NPM_TOKEN", "2: ARG NPM_TOKEN looks like a secret, and everybody who has the image can read it; hand it over when the container starts, as a file")]
    public void What_an_image_must_not_have_is_told_by_line(string text, string finding) =>
        Assert.Equal([$"Dockerfile:{finding}"], Check($"{text}\nWORKDIR /app\nUSER app\n"));

    [Fact]
    public void The_last_stage_needs_a_user_without_rights_and_a_folder() => Assert.Equal(
        [
            "Dockerfile:3: the last stage has no USER and runs as root; write one without rights such as USER 1654",
            "Dockerfile:3: the last stage has no WORKDIR; write one such as WORKDIR /app, which is where migrations and settings are looked for",
        ],
        Check($"FROM {Pinned} AS one\nUSER app\nFROM {Pinned}\n"));

    [Fact]
    public void Root_is_no_user_without_rights() =>
        Assert.Equal(["Dockerfile:3: USER 0:0 is root; write one without rights such as USER 1654"], Check($"FROM {Pinned}\nWORKDIR /app\nUSER 0:0\n"));

    [Fact]
    public void An_empty_file_is_no_Dockerfile() => Assert.Equal(["Dockerfile:1: has no FROM; begin with one"], Check("# nothing\n"));

    [Fact]
    public void Every_Dockerfile_of_the_repository_is_read_whatever_stands_before_or_after_its_name()
    {
        using var folder = new TemporaryDirectory();
        foreach (var name in (string[])["Dockerfile", "Dockerfile.test", "web.Dockerfile", "notes.txt", "Dockerfile.cs"])
            File.WriteAllText(folder.Combine(name), "FROM node\nWORKDIR /app\nUSER app\n");
        Assert.Equal(
            ["Dockerfile:1:", "Dockerfile.test:1:", "web.Dockerfile:1:"],
            DockerfileLint.Check(folder.Path, ["notes.txt", "web.Dockerfile", "Dockerfile", "Dockerfile.test", "Dockerfile.cs"]).Select(finding => $"{finding.File}:{finding.Line}:"));
    }

    private static IEnumerable<string> Check(string text) => DockerfileLint.CheckText("Dockerfile", text).Select(finding => $"{finding.File}:{finding.Line}: {finding.Message}");
}
