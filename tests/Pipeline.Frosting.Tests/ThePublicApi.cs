using System.Runtime.CompilerServices;
using Cake.Frosting;
using Pipeline.Frosting.Tests.Api;

namespace Pipeline.Frosting.Tests;

/// <summary>
/// PublicApi.txt is written as Cake.Frosting's own reference documentation writes its types and members, to be read beside it.
/// Run with PIPELINE_UPDATE_SNAPSHOTS=1 to write it anew.
/// </summary>
public sealed class ThePublicApi
{
    [Fact]
    public async Task The_public_types_and_members_are_those_of_Cake_Frosting()
    {
        var api = ApiText.Of(typeof(CakeHost).Assembly);
        if (Environment.GetEnvironmentVariable("PIPELINE_UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(Path.Combine(Folder(), "PublicApi.txt"), api, TestContext.Current.CancellationToken);
        else
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt"), TestContext.Current.CancellationToken), api);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
