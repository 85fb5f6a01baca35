using System.Net;

namespace Pipeline.GitHub.Rest.Transport;

/// <summary>
/// Where an answer sends a request on, such as one about a repository that was renamed:
/// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects.
/// </summary>
internal static class Redirect
{
    /// <summary>How often a request is sent on, at most.</summary>
    public const int Most = 5;

    /// <summary>The address; null where the answer names none, or where the method may not be sent on as it is.</summary>
    /// <exception cref="GitHubException">It is at another authority.</exception>
    public static Uri? Follow(HttpMethod method, Uri asked, Answer answer)
    {
        // https://www.rfc-editor.org/rfc/rfc9110#name-redirection-3xx: 301 and 302 may make another request of one that changes something.
        var isFollowed = answer.Status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            || (method == HttpMethod.Get && answer.Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found);
        if (!isFollowed || !Uri.TryCreate(asked, answer.Header("location"), out var next))
            return null;
        // The token goes to nobody else.
        return Authority(next) == Authority(asked)
            ? next
            : throw new GitHubException(
                GitHubFault.Unexpected, $"{method} {asked.AbsolutePath} was sent on to {Authority(next)}, and the token is for {Authority(asked)} alone; look whether GITHUB_API_URL is the address that GitHub knows itself by");
    }

    private static string Authority(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
