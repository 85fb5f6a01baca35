namespace Shop.Web.Forms;

/// <summary>Where a visitor goes after the login: a path of this shop, never another site.</summary>
internal static class LocalPath
{
    public static string Or(string? path, string otherwise) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) && Uri.IsWellFormedUriString(path, UriKind.Relative) ? path : otherwise;
}
