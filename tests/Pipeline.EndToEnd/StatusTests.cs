using System.Text.Json;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary><c>./build.sh --target Status --json</c>: exactly one document on standard output, whatever state an environment is in.</summary>
[Collection(ServingCollection.Name)]
public sealed class StatusTests(ServingInstallation serving)
{
    [Fact]
    public async Task A_healthy_environment_shows_its_release_the_previous_one_and_its_instances()
    {
        var run = (await serving.Installation.RunAsync("--target", "Status", "--json")).Expect(0);

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(["environments"], document.RootElement.EnumerateObject().Select(property => property.Name));
        var environments = document.RootElement.GetProperty("environments").EnumerateArray().ToArray();
        Assert.Equal(["staging", "production"], environments.Select(environment => environment.GetProperty("name").GetString()));
        Assert.All(environments, ExpectShape);
        Assert.Equal(serving.Installation.Production.GetLeftPart(UriPartial.Authority), environments[1].GetProperty("url").GetString());
        Assert.Equal("healthy", environments[1].GetProperty("state").GetString());
        Assert.Equal([100, 100, 0, 0], environments[1].GetProperty("instances").EnumerateArray().Select(instance => instance.GetProperty("weight").GetInt32()).OrderDescending());
    }

    [Fact]
    public async Task One_environment_can_be_asked_for_alone()
    {
        var run = (await serving.Installation.RunAsync("--target", "Status", "--json", "--environment", "staging")).Expect(0);

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("staging", Assert.Single(document.RootElement.GetProperty("environments").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_environment_that_lost_an_instance_for_good_is_degraded_until_the_next_promotion()
    {
        var release = await serving.Installation.ServingAsync();
        var instance = (await serving.Installation.StatusAsync("production")).GetProperty("instances").EnumerateArray()
            .First(each => each.GetProperty("weight").GetInt32() > 0).GetProperty("id").GetString()!;
        await using var witness = new Witness(serving.Installation.Production);
        serving.Parts.KillWholly(serving.Parts.Instance(instance));

        await Eventually.HoldsAsync(
            async () => await serving.Installation.StateAsync("production") == "degraded", "production is degraded", TimeSpan.FromMinutes(1));
        ExpectShape(await serving.Installation.StatusAsync("production"));

        (await serving.PromoteAsync(release)).Expect(0);
        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(release);
    }

    /// <summary>The shape that issue and documentation promise; further properties may stand beside it.</summary>
    private static void ExpectShape(JsonElement environment)
    {
        Assert.Contains(environment.GetProperty("state").GetString(), new[] { "healthy", "degraded", "down", "absent" });
        Assert.True(environment.GetProperty("since").TryGetDateTimeOffset(out _));
        var releases = new[] { environment.GetProperty("release"), environment.GetProperty("previous") };
        foreach (var release in releases.Where(release => release.ValueKind != JsonValueKind.Null))
        {
            Assert.StartsWith("sha256:", release.GetProperty("digest").GetString(), StringComparison.Ordinal);
            Assert.NotEqual("", release.GetProperty("version").GetString());
            Assert.Equal(40, release.GetProperty("commit").GetString()!.Length);
        }
        foreach (var instance in environment.GetProperty("instances").EnumerateArray())
        {
            Assert.NotEqual("", instance.GetProperty("id").GetString());
            Assert.StartsWith("sha256:", instance.GetProperty("digest").GetString(), StringComparison.Ordinal);
            Assert.Contains(instance.GetProperty("healthy").ValueKind, new[] { JsonValueKind.True, JsonValueKind.False });
            Assert.InRange(instance.GetProperty("weight").GetInt32(), 0, 100);
        }
    }
}
