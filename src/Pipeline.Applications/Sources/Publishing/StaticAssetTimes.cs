using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Applications.Sources.Publishing;

/// <summary>
/// Gives the static assets of a published web application the commit's time. The SDK writes into <c>*.staticwebassets.endpoints.json</c> when a bundle
/// was generated, which no two builds agree on.
/// </summary>
internal static partial class StaticAssetTimes
{
    public static async Task SetAsync(string folder, DateTimeOffset time, CancellationToken cancellation)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.staticwebassets.endpoints.json"))
        {
            var content = await File.ReadAllTextAsync(file, cancellation);
            var stamp = time.ToString("R", CultureInfo.InvariantCulture);
            await File.WriteAllTextAsync(file, LastModified().Replace(content, match => match.Groups["before"].Value + stamp), cancellation);
        }
    }

    [GeneratedRegex("""(?<before>"Name":\s*"Last-Modified",\s*"Value":\s*")[^"]*""", RegexOptions.ExplicitCapture)]
    private static partial Regex LastModified();
}
