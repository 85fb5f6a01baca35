using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Sbom;
using Pipeline.Artifacts.Signing;
using Pipeline.Artifacts.Verifying;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;

namespace Pipeline.Artifacts.Tests.Verifying;

public sealed class InspectionTests
{
    private const string Sbom = BillOfMaterials.ArtifactType;
    private const string Provenance = BuildProvenance.ArtifactType;

    [Fact]
    public async Task A_sealed_artifact_is_sound_on_every_side()
    {
        using var made = await Sealed.CreateAsync();
        var report = await made.InspectAsync(made.Key);
        Assert.Empty(report.Faults);
        Assert.Equal(["artifact", "bill of materials", "signature", "provenance", "evidence"], report.Findings.Select(finding => finding.Item));
        Assert.Equal($"by key {made.Key.PublicKey.Abbreviated} (given)", report.Findings[2].Detail);
        Assert.Equal($"SLSA v1 by urn:pipeline:builder:test from commit {Sample.Commit}", report.Findings[3].Detail);
        Assert.Equal("Test, Lint (without a fingerprint)", report.Findings[4].Detail);
    }

    [Fact]
    public async Task A_statement_without_evidence_is_sound_and_what_is_missing_is_named()
    {
        using var made = await Sealed.CreateAsync();
        var key = SigningKey.Make();
        await BuildProvenance.SealAsync(made.Store, made.Artifact.Digest, Sealed.Build() with { Evidence = [] }, key, TestContext.Current.CancellationToken);

        var report = await made.InspectAsync(key);

        Assert.Empty(report.Faults);
        Assert.Equal("missing: the statement names no check that passed; sign it anew with --target Attest --force Attest, which runs them before", report.Findings.Single(finding => finding.Item == "evidence").Detail);
    }

    [Fact]
    public async Task The_statement_names_artifact_commit_materials_and_evidence()
    {
        using var made = await Sealed.CreateAsync();
        using var envelope = await made.ReadAsync(Provenance);
        using var statement = JsonDocument.Parse(envelope.RootElement.GetProperty("payload").GetBytesFromBase64());
        using var expected = JsonDocument.Parse($$"""
            {
              "_type": "https://in-toto.io/Statement/v1",
              "subject": [ { "name": "sample", "digest": { "sha256": "{{made.Artifact.Digest.Hex}}" } } ],
              "predicateType": "https://slsa.dev/provenance/v1",
              "predicate": {
                "buildDefinition": {
                  "buildType": "urn:pipeline:build:dotnet-publish:1",
                  "externalParameters": { "target": "BuildImage" },
                  "resolvedDependencies": [ { "uri": "git+https://example.org/sample", "digest": { "gitCommit": "{{Sample.Commit}}" } } ]
                },
                "runDetails": {
                  "builder": { "id": "urn:pipeline:builder:test" },
                  "metadata": { "invocationId": "run-1", "startedOn": "2026-03-04T05:06:07Z", "finishedOn": "2026-03-04T05:06:08Z" },
                  "byproducts": [
                    { "name": "sbom", "mediaType": "{{Sbom}}", "digest": { "sha256": "{{made.DocumentOf(await made.FindAsync(Sbom)).Hex}}" } },
                    { "name": "evidence/Test", "digest": { "pipelineFingerprint": "{{new string('a', 32)}}" }, "annotations": { "summary": "12 tests passed" } },
                    { "name": "evidence/Lint", "uri": "urn:pipeline:evidence:Lint", "annotations": { "summary": "no finding" } }
                  ]
                }
              }
            }
            """);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, statement.RootElement), statement.RootElement.GetRawText());
    }

    [Fact]
    public async Task Everything_that_is_missing_is_named_at_once_with_its_remedy()
    {
        using var made = await Sealed.CreateAsync();
        await made.RemoveAsync(Sbom);
        await made.RemoveAsync(Provenance);
        Assert.Equal(
            [
                "bill of materials: is missing; build the artifact again with --target BuildImage --force BuildImage, or fetch it from where it was built",
                "provenance: is missing; attach it with --target Attest on the commit it was built from, or fetch it from where it was built",
            ],
            await made.FaultsAsync());
    }

    [Theory]
    [InlineData(Sbom, "bill of materials")]
    [InlineData(Provenance, "provenance")]
    public async Task A_document_whose_bytes_were_changed_is_named(string type, string item)
    {
        using var made = await Sealed.CreateAsync();
        var document = made.DocumentOf(await made.FindAsync(type));
        var path = made.Sample.Blob(document);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[^2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        Assert.Contains($"{item}: artifact {(await made.FindAsync(type)).Digest}: its {type} document, blob {document}, was changed", Assert.Single(await made.FaultsAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sbom, "bill of materials")]
    [InlineData(Provenance, "provenance")]
    public async Task A_manifest_that_is_gone_is_named(string type, string item)
    {
        using var made = await Sealed.CreateAsync();
        var manifest = (await made.FindAsync(type)).Digest;
        File.Delete(made.Sample.Blob(manifest));
        Assert.Contains($"{item}: artifact {manifest}: its {type} manifest, blob {manifest}, is missing", Assert.Single(await made.FaultsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bill_of_materials_that_was_replaced_is_not_the_one_that_was_signed()
    {
        using var made = await Sealed.CreateAsync();
        await made.ForgeAsync(Sbom, text => text.Replace("\"components\":[]", "\"components\":[{\"name\":\"added\",\"type\":\"library\"}]", StringComparison.Ordinal));
        Assert.Contains("is not the one that the provenance names (sha256:", Assert.Single(await made.FaultsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bill_of_materials_of_another_artifact_is_refused_even_when_it_was_signed()
    {
        using var made = await Sealed.CreateAsync();
        await made.ForgeAsync(Sbom, text => text.Replace($"\"content\":\"{made.Artifact.Digest.Hex}\"", $"\"content\":\"{new string('0', 64)}\"", StringComparison.Ordinal));
        await made.SealAsync(made.Key);
        Assert.Equal(
            $"bill of materials: it is about {new string('0', 64)} instead of {made.Artifact.Digest}; build the artifact again with --target BuildImage --force BuildImage",
            Assert.Single(await made.FaultsAsync()));
    }

    [Fact]
    public async Task A_package_that_the_application_ships_must_be_in_the_bill_of_materials()
    {
        using var made = await Sealed.CreateAsync(sample => sample.Put(
            "Sample.deps.json", """{ "libraries": { "Sample/1.0.0": { "type": "project" }, "Npgsql/10.0.0": { "type": "package" } } }"""));
        Assert.Empty(await made.FaultsAsync());
        await made.ForgeAsync(Sbom, text => text.Replace("pkg:nuget/Npgsql@10.0.0", "pkg:nuget/Npgsql@9.0.0", StringComparison.Ordinal));
        await made.SealAsync(made.Key);
        Assert.Equal(
            "bill of materials: it lacks what the application ships: pkg:nuget/Npgsql@10.0.0; build the artifact again with --target BuildImage --force BuildImage",
            Assert.Single(await made.FaultsAsync()));
    }

    [Fact]
    public async Task A_provenance_signed_by_another_key_does_not_count()
    {
        using var made = await Sealed.CreateAsync();
        var stranger = SigningKey.Make();
        await made.RemoveAsync(Provenance);
        await made.SealAsync(stranger);
        Assert.Equal(
            $"signature: the provenance is signed by key {stranger.PublicKey.Abbreviated}, which is not trusted: trusted are {made.Key.PublicKey.Abbreviated} (given); pass its public key with --trusted-keys",
            Assert.Single(await made.FaultsAsync()));
    }

    [Fact]
    public async Task A_strangers_statement_beside_a_trusted_one_takes_nothing_away()
    {
        using var made = await Sealed.CreateAsync();
        await made.SealAsync(SigningKey.Make());
        var report = await made.InspectAsync(made.Key);
        Assert.Empty(report.Faults);
        Assert.Equal(made.Key.PublicKey, report.Signer?.Key);
    }

    [Fact]
    public async Task A_statement_that_was_changed_after_it_was_signed_is_told_from_a_strangers()
    {
        using var made = await Sealed.CreateAsync();
        await made.ForgeAsync(Provenance, text => Change(text, statement => statement.Replace("urn:pipeline:builder:test", "urn:pipeline:builder:root", StringComparison.Ordinal)));
        Assert.Equal(
            $"signature: the provenance was changed after key {made.Key.PublicKey.Abbreviated} (given) signed it; sign it anew with --target Attest --force Attest",
            Assert.Single(await made.FaultsAsync()));
    }

    [Fact]
    public async Task A_statement_about_another_artifact_or_another_commit_is_refused_however_well_it_is_signed()
    {
        using var made = await Sealed.CreateAsync();
        await made.ForgeAsync(Provenance, text =>
        {
            var payload = Encoding.UTF8.GetString(Envelope.Read(Encoding.UTF8.GetBytes(text)).Payload.Span)
                .Replace($"\"sha256\":\"{made.Artifact.Digest.Hex}\"", $"\"sha256\":\"{new string('0', 64)}\"", StringComparison.Ordinal)
                .Replace(Sample.Commit, new string('1', 40), StringComparison.Ordinal);
            return Encoding.UTF8.GetString(Envelope.Seal(Provenance, Encoding.UTF8.GetBytes(payload), made.Key).Write());
        });
        Assert.Equal(
            [
                $"provenance: it is about sha256:{new string('0', 64)} instead of {made.Artifact.Digest}; sign it anew with --target Attest --force Attest",
                $"provenance: it says commit {new string('1', 40)}, and the artifact {Sample.Commit}; sign it anew with --target Attest --force Attest",
            ],
            await made.FaultsAsync());
    }

    [Fact]
    public async Task A_damaged_layer_is_a_finding_too()
    {
        using var made = await Sealed.CreateAsync();
        await File.AppendAllTextAsync(made.Sample.Blob(made.Artifact.Layers[0].Digest), "x", TestContext.Current.CancellationToken);
        Assert.StartsWith($"artifact: artifact {made.Artifact.Digest}: its layer 1 of 1, blob ", Assert.Single(await made.FaultsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gate_lets_a_sound_release_pass_and_refuses_with_all_that_is_wrong()
    {
        using var made = await Sealed.CreateAsync();
        Assert.Equal(GateOutcome.Passed, (await AskAsync(made)).Outcome);
        await made.RemoveAsync(Sbom);
        await made.RemoveAsync(Provenance);
        var verdict = await AskAsync(made);
        Assert.Equal((GateOutcome.Refused, "origin known"), (verdict.Outcome, verdict.Gate));
        Assert.Equal(string.Join("; ", await made.FaultsAsync()), verdict.Detail);
    }

    [Fact]
    public async Task Provenance_is_not_signed_before_there_is_a_bill_of_materials()
    {
        using var made = await Sealed.CreateAsync();
        await made.RemoveAsync(Sbom);
        var refusal = await Assert.ThrowsAsync<Pipeline.Delivery.DeliveryException>(() => made.SealAsync(made.Key));
        Assert.Equal($"artifact {made.Artifact.Digest} has no bill of materials, which its provenance names; attach one first: --target BuildImage does", refusal.Message);
    }

    private static string Change(string envelope, Func<string, string> change)
    {
        var node = JsonNode.Parse(envelope)!;
        node["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(Convert.FromBase64String((string)node["payload"]!)))));
        return node.ToJsonString();
    }

    private static async Task<GateVerdict> AskAsync(Sealed made)
    {
        var release = await made.Store.ReadReleaseAsync(made.Artifact.Digest, TestContext.Current.CancellationToken);
        var environment = new DeliveryEnvironment { Name = "staging", Url = new("http://127.0.0.1:1"), Engine = "process", Instances = 1 };
        return await new SupplyChainGate((_, _) => made.InspectAsync(made.Key)).CheckAsync(new(environment, release, DeploymentKind.Deploy, "me", null), TestContext.Current.CancellationToken);
    }
}
