using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Sbom;
using Pipeline.Artifacts.Signing;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>What is said of an artifact beside it: it is verified before every use, and what is missing or wrong is refused.</summary>
[Collection(BareCollection.Name)]
public sealed class OriginTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_artifact_of_which_nobody_says_where_it_came_from_is_refused_until_somebody_does()
    {
        await using var installation = new Installation();
        var digest = await installation.BuildAsync();
        (await VerifyAsync(installation)).Expect(0)
            .ExpectText("✓ bill of materials: CycloneDX 1.6").ExpectText("✓ signature: by key ").ExpectText("✓ provenance: SLSA v1 by ");

        await ForgetAsync(installation, BuildProvenance.ArtifactType, BillOfMaterials.ArtifactType);
        (await VerifyAsync(installation)).Expect(3).ExpectText("bill of materials: is missing; ").ExpectText("provenance: is missing; ");
        (await installation.RunAsync("--target", "DeployStaging", "--release", digest.Value)).Expect(3)
            .ExpectText("origin known: bill of materials: is missing; ").ExpectText("nothing was changed");
        Assert.Empty((await installation.StatusAsync("staging")).GetProperty("instances").EnumerateArray());

        await installation.SealAsync(digest);
        (await installation.RunAsync("--target", "DeployStaging", "--release", digest.Value)).Expect(0).ExpectText("✓ origin known: ");
    }

    [Fact]
    public async Task Only_those_keys_count_that_are_given()
    {
        await using var installation = new Installation();
        await installation.BuildAsync();
        var (own, strangers) = (Path.Combine(installation.Home, "keys", "signing.pub.pem"), Path.Combine(installation.Home, "strangers.pem"));
        var stranger = SigningKey.Make().PublicKey;
        await File.WriteAllTextAsync(strangers, stranger.Pem, Stop);

        (await VerifyAsync(installation, "--trusted-keys", own)).Expect(0).ExpectText("(--trusted-keys)");
        (await VerifyAsync(installation, "--trusted-keys", strangers)).Expect(3)
            .ExpectText($", which is not trusted: trusted are {stranger.Abbreviated} (--trusted-keys); add its public key to those of --trusted-keys");
        (await VerifyAsync(installation, "--trusted-keys", "/does/not/exist")).Expect(1)
            .ExpectText("--trusted-keys /does/not/exist: there is no such file; name a file of public keys in PEM");
    }

    [Fact]
    public async Task The_committed_keys_count_and_beside_them_ones_own_but_not_in_CI()
    {
        await using var installation = new Installation();
        var digest = await installation.BuildAsync();
        var stranger = SigningKey.Make().PublicKey;
        await File.WriteAllTextAsync(Path.Combine(installation.Repository, "trusted-keys.pem"), stranger.Pem, Stop);

        installation.Environment["CI"] = "";
        (await VerifyAsync(installation, "--release", digest.Value)).Expect(0).ExpectText("(this machine's own key)");
        installation.Environment["CI"] = "true";
        (await VerifyAsync(installation, "--release", digest.Value)).Expect(3)
            .ExpectText($", which is not trusted: trusted are {stranger.Abbreviated} (trusted-keys.pem); add its public key to trusted-keys.pem");
    }

    [Fact]
    public async Task A_key_that_the_ledger_knows_to_have_signed_the_release_counts_on_another_machine()
    {
        await using var first = new Installation();
        var digest = await first.BuildAsync();
        (await first.RunAsync("--target", "DeployStaging", "--release", digest.Value)).Expect(0);
        await using var second = new Installation(first);
        // As after fetching from a registry: the documents come, the keys of whoever copied a folder do not.
        foreach (var key in Directory.EnumerateFiles(Directory.CreateDirectory(Path.Combine(second.Home, "artifacts", "keys")).FullName))
            File.Delete(key);
        (await second.RunAsync("--target", "VerifyArtifact")).Expect(3).ExpectText(", which is not trusted: no key is trusted; pass its public key with --trusted-keys");

        await using var door = await LedgerDoor.OpenAsync(first, Stop);
        second.Environment["PIPELINE_LEDGER"] = door.Url;
        (await second.RunAsync("--target", "VerifyArtifact")).Expect(3).ExpectText(", which is not trusted: no key is trusted");
        var signer = new SigningKeyFolder(Path.Combine(first.Home, "keys")).Find()!;
        await door.Ledger.RecordRehearsalAsync(
            await first.Store.ReadReleaseAsync(digest, Stop), new(digest, "build", "signature", Passed: true, TimeProvider.System.GetUtcNow(), "the builder", signer.Id), Stop);
        (await second.RunAsync("--target", "VerifyArtifact")).Expect(0).ExpectText($"signature: by key {signer} (the ledger, by the builder)");
        second.Environment.Remove("PIPELINE_LEDGER");
    }

    [Fact]
    public async Task A_key_that_is_kept_elsewhere_counts_as_ones_own_and_one_that_cannot_be_had_is_named()
    {
        await using var installation = new Installation();
        await installation.BuildAsync();
        var keys = Path.Combine(installation.Home, "keys");
        installation.Environment["PIPELINE_SIGNING_KEY"] = $"command:cat '{Path.Combine(keys, "signing.pem")}'";
        (await VerifyAsync(installation)).Expect(0).ExpectText("(PIPELINE_SIGNING_KEY)");
        installation.Environment["PIPELINE_SIGNING_KEY"] = "file:/does/not/exist";
        (await VerifyAsync(installation)).Expect(1).ExpectText("PIPELINE_SIGNING_KEY: file:/does/not/exist names a file that is missing; put the value there, or correct the path");
    }

    [Fact]
    public async Task The_bill_of_materials_of_the_Shop_lists_Npgsql_and_two_clones_write_the_same_bytes()
    {
        await using var first = new Installation();
        await using var second = new Installation();
        var bills = new List<byte[]>();
        foreach (var installation in new[] { first, second })
        {
            Directory.Delete(Path.Combine(installation.Home, "artifacts"), recursive: true);
            (await installation.RunAsync("--target", "BuildImage", "--force", "BuildImage")).Expect(0);
            var store = installation.Store;
            var bill = Assert.Single(await store.ListReferrersAsync(Assert.Single(store.List()).Digest, Stop));
            bills.Add(await store.ReadAttachmentAsync(bill, Stop));
        }

        Assert.Equal(bills[0], bills[1]);
        using var document = JsonDocument.Parse(bills[0]);
        var npgsql = document.RootElement.GetProperty("components").EnumerateArray().Single(component => component.GetProperty("name").GetString() == "Npgsql");
        Assert.Equal("pkg:nuget/Npgsql@" + npgsql.GetProperty("version").GetString(), npgsql.GetProperty("purl").GetString());
        Assert.Equal("PostgreSQL", npgsql.GetProperty("licenses")[0].GetProperty("expression").GetString());
    }

    private static Task<RunResult> VerifyAsync(Installation installation, params string[] arguments) =>
        installation.RunAsync(["--target", "VerifyArtifact", .. arguments]);

    /// <summary>Takes attachments out of the index, as a copy that left them behind would.</summary>
    private static async Task ForgetAsync(Installation installation, params string[] types)
    {
        var path = Path.Combine(installation.Home, "artifacts", "index.json");
        var index = JsonNode.Parse(await File.ReadAllTextAsync(path, Stop))!;
        var manifests = index["manifests"]!.AsArray();
        foreach (var entry in manifests.Where(entry => types.Contains((string?)entry!["artifactType"])).ToArray())
            manifests.Remove(entry);
        await File.WriteAllTextAsync(path, index.ToJsonString(), Stop);
    }
}
