using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pipeline.Testing.PublicApi;

/// <summary>
/// What others may write against changes only on purpose: PublicApi.txt beside the test that asks lists every public type and member.
/// Run with PIPELINE_UPDATE_SNAPSHOTS=1 to write it anew.
/// </summary>
public static class PublicSurface
{
    private const string Snapshot = "PublicApi.txt";

    /// <summary>Passes when the assembly's public types and members are those of the snapshot.</summary>
    /// <param name="assembly">The library.</param>
    /// <param name="test">The file of the test that asks; the compiler gives it.</param>
    public static void MustBeTheAgreedOne(Assembly assembly, [CallerFilePath] string test = "")
    {
        var api = ApiText.Of(assembly);
        if (Environment.GetEnvironmentVariable("PIPELINE_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(test)!, Snapshot), api);
        else
            Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Snapshot)), api);
    }
}
