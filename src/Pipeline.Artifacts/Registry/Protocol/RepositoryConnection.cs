using System.Net;
using Pipeline.Artifacts.Registry.Authorization;
using Pipeline.Artifacts.Registry.Http;

namespace Pipeline.Artifacts.Registry.Protocol;

/// <summary>One repository, spoken to with one right: https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md.</summary>
internal sealed class RepositoryConnection(RegistryTransport transport, AnswerReader answers, Attempts attempts, Uri root, RegistryAccess access)
{
    public RegistryRepository Repository => access.Repository;

    /// <summary>For messages.</summary>
    public string Subject { get; } = $"registry {access.Repository.Host}, repository {access.Repository.Name},";

    public Attempts Attempts => attempts;

    public AnswerReader Answers => answers;

    /// <summary>The same with the right to read another repository of the registry, which taking blobs from there needs.</summary>
    public RepositoryConnection AlsoReading(string name) => new(transport, answers, attempts, root, access with { AlsoRead = name });

    public Uri Address(string path) => new(root, $"{access.Repository.Name}/{path}");

    public RegistryRequest Request(HttpMethod method, Uri address) => new(method, address, access);

    public RegistryRequest Request(HttpMethod method, string path) => Request(method, Address(path));

    /// <summary>Sends what may be sent twice, as often as it takes. The answer may still say no.</summary>
    public Task<HttpResponseMessage> SendAsync(RegistryRequest request, CancellationToken cancellation) =>
        attempts.RunAsync(token => SendOnceAsync(request, token), cancellation);

    /// <summary>Sends once. An answer that may pass is an exception that says so.</summary>
    public async Task<HttpResponseMessage> SendOnceAsync(RegistryRequest request, CancellationToken cancellation)
    {
        var answer = await transport.SendAsync(request, Subject, cancellation);
        if (!AnswerReader.IsPassing(answer.StatusCode))
            return answer;
        using (answer)
            throw await answers.FaultAsync(answer, Subject, cancellation);
    }

    /// <summary>What an answer that says no means for the one who asked.</summary>
    public async Task<RegistryException> FaultAsync(HttpResponseMessage answer, CancellationToken cancellation) => answer.StatusCode switch
    {
        HttpStatusCode.Forbidden => new RegistryException(
            $"registry {Repository.Host} does not let {await transport.DescribeAsync(access, cancellation)} {access.Verb} {Repository.Name} (403); "
            + $"ask its owner for that right, or run docker login {Repository.Host} as somebody who has it")
        { Status = answer.StatusCode },
        _ => await answers.FaultAsync(answer, Subject, cancellation),
    };
}
