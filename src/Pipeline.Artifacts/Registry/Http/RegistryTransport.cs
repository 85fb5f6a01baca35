using System.Net;
using System.Net.Http.Headers;
using Pipeline.Artifacts.Registry.Authorization;

namespace Pipeline.Artifacts.Registry.Http;

/// <summary>Sends requests as somebody, and follows a registry to where it keeps its blobs. The credentials never leave the registry.</summary>
internal sealed class RegistryTransport(NetworkClient network, Authorizer authorizer, RegistryAddresses addresses)
{
    private const int MostRedirects = 5;

    /// <summary>Sends once, or once more after the registry has said how it wants to be told who asks. Says nothing about the answer's status.</summary>
    /// <exception cref="RegistryException">No answer, or 401 in spite of all that is known.</exception>
    public async Task<HttpResponseMessage> SendAsync(RegistryRequest request, string subject, CancellationToken cancellation)
    {
        var registry = addresses.RootOf(request.Access.Repository.Host);
        for (var again = false; ; again = true)
        {
            var header = await authorizer.HeaderAsync(request.Access, cancellation);
            var answer = await FollowAsync(request, registry, header, subject, cancellation);
            if (answer.StatusCode != HttpStatusCode.Unauthorized || !IsSame(answer.RequestMessage!.RequestUri!, registry))
                return answer;
            using (answer)
                await authorizer.LearnAsync(request.Access, header, answer, again, cancellation);
        }
    }

    /// <summary>Who asks, for messages.</summary>
    public Task<string> DescribeAsync(RegistryAccess access, CancellationToken cancellation) => authorizer.DescribeAsync(access, cancellation);

    /// <summary>Where a registry sends to.</summary>
    /// <exception cref="RegistryException">From https to http.</exception>
    public static Uri Next(Uri from, Uri location, string subject)
    {
        var next = new Uri(from, location);
        return from.Scheme == "https" && next.Scheme != "https"
            ? throw new RegistryException($"{subject} sends from https to {next.Scheme}://{next.Authority}, which anybody on the way can read and change; have it keep to https")
            : next;
    }

    private async Task<HttpResponseMessage> FollowAsync(
        RegistryRequest request, Uri registry, AuthenticationHeaderValue? header, string subject, CancellationToken cancellation)
    {
        var address = request.Address;
        for (var redirects = 0; ; redirects++)
        {
            using var message = request.ToMessage(address);
            message.Headers.Authorization = IsSame(address, registry) ? header : null;
            var answer = await network.SendAsync(message, subject, cancellation);
            answer.RequestMessage ??= message;
            if (!IsRedirect(answer) || answer.Headers.Location is null || (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head))
                return answer;
            using (answer)
                address = Next(address, answer.Headers.Location, subject);
            if (redirects == MostRedirects)
                throw new RegistryException($"{subject} sends from one address to the next, the last being {address.Host}; see its configuration");
        }
    }

    private static bool IsRedirect(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static bool IsSame(Uri address, Uri other) => address.Scheme == other.Scheme && address.Authority == other.Authority;
}
