using System.Runtime;

namespace Pipeline.Targets.Hosting;

/// <summary>
/// Remembers beside the program which methods its start compiles, and has the next start compile them on a second core ahead of their use: most of a
/// start with nothing to do is compiling. See https://learn.microsoft.com/dotnet/api/system.runtime.profileoptimization.
/// </summary>
internal static class StartProfile
{
    private const int LongestWord = 40;

    /// <summary>
    /// Begins to play what the last start of this kind left and to write down this one. A folder that cannot be written to, or a damaged file, only costs the gain.
    /// </summary>
    /// <param name="arguments">The command line. It tells the kind of start: listing targets needs other methods than running one. No value but a target's name is used.</param>
    internal static void Begin(IEnumerable<string> arguments)
    {
        ProfileOptimization.SetProfileRoot(AppContext.BaseDirectory);
        ProfileOptimization.StartProfile(NameFor(arguments));
    }

    internal static string NameFor(IEnumerable<string> arguments)
    {
        string[] words = [.. arguments.Take(2)];
        return words switch
        {
            ["--target", var target] when target.Length is > 0 and <= LongestWord && target.All(char.IsAsciiLetterOrDigit) => $"start-{target}.profile",
            ["--list", ..] => "start-list.profile",
            _ => "start.profile",
        };
    }
}
