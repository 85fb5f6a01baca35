using System.Text.RegularExpressions;

namespace Pipeline.Engines.Docker.Cli;

/// <summary>Tells from an engine's words what is wrong, and what helps.</summary>
internal static partial class DockerFaults
{
    // Registries trust their own storage: a blob that they seem to have is not taken from anybody.
    private const string ChangedBlob = "a blob in the registry's storage was changed: delete it there, then run again from a machine that has the release, which sends it anew";

    private const string NoName = "correct the registry's name, or let the host ask a name server that knows it";

    private const string NoWay = "start the engine there, open the way to it, or correct the host";

    private const string BrokenOff = "the transfer broke off; run again when the registry answers";

    private static readonly (string Words, DockerFault Fault, string Remedy)[] Known =
    [
        ("system dial-stdio", DockerFault.Unreachable, "make ssh reach the host without a question, and install docker there"),
        ("cannot connect to the docker daemon", DockerFault.Unreachable, "start the engine there, or correct the host"),
        ("error during connect", DockerFault.Unreachable, NoWay),
        ("permission denied while trying to connect", DockerFault.Unreachable, "let this user into the host's docker group"),
        ("failed to initialize: unable to resolve docker endpoint", DockerFault.Unreachable, "make the context with docker context create, or name another host"),
        ("no such host", DockerFault.Unreachable, "correct the host's name"),
        ("no space left on device", DockerFault.DiskFull, "free space on the host's disk with --target Prune, then run again"),
        ("disk quota exceeded", DockerFault.DiskFull, "free space on the host's disk with --target Prune, then run again"),
        ("is already in use by container", DockerFault.NameTaken, "remove or rename that container; it is not the pipeline's"),
        ("port is already allocated", DockerFault.PortTaken, "stop what listens there, or give the environment another port"),
        ("address already in use", DockerFault.PortTaken, "stop what uses it, or give the environment another"),
        ("ports are not available", DockerFault.PortTaken, "stop what listens there, or give the environment another port"),
        ("temporary failure in name resolution", DockerFault.RegistryUnreachable, NoName),
        ("server misbehaving", DockerFault.RegistryUnreachable, NoName),
        // A transfer that broke off is told in the words of what was being fetched: the way is looked at before the thing.
        ("connection refused", DockerFault.RegistryUnreachable, "start the registry, or open the host's way to it"),
        ("i/o timeout", DockerFault.RegistryUnreachable, "start the registry, or open the host's way to it"),
        ("tls handshake timeout", DockerFault.RegistryUnreachable, "start the registry, or open the host's way to it"),
        ("request canceled while waiting for connection", DockerFault.RegistryUnreachable, "start the registry, or open the host's way to it"),
        ("no route to host", DockerFault.RegistryUnreachable, "open the host's way to the registry"),
        ("connection reset by peer", DockerFault.RegistryUnreachable, BrokenOff),
        ("broken pipe", DockerFault.RegistryUnreachable, BrokenOff),
        ("unexpected eof", DockerFault.RegistryUnreachable, BrokenOff),
        (": eof", DockerFault.RegistryUnreachable, BrokenOff),
        ("filesystem layer verification failed", DockerFault.ImageDamaged, ChangedBlob),
        ("manifest verification failed", DockerFault.ImageDamaged, "the manifest in the registry's storage was changed: delete it there, then run again from a machine that has the release, which sends it anew"),
        ("content digest mismatch", DockerFault.ImageDamaged, ChangedBlob),
        ("layers from manifest don't match", DockerFault.ImageDamaged, "the image's configuration and layers differ: push the release again from a machine that has it"),
        ("image config verification failed", DockerFault.ImageDamaged, "the image's configuration in the registry's storage was changed: delete it there, then run again from a machine that has the release, which sends it anew"),
        ("error pulling image configuration", DockerFault.ImageDamaged, "the registry lacks the image's configuration or has another: delete it in its storage if it is there, then run again from a machine that has the release, which sends it anew"),
        ("manifest unknown", DockerFault.ImageMissing, "push the release to the registry first"),
        ("manifest for ", DockerFault.ImageMissing, "push the release to the registry first"),
        ("blob unknown", DockerFault.ImageMissing, "the registry lost a blob: push the release again from a machine that has it"),
        ("unknown blob", DockerFault.ImageMissing, "the registry lost a blob: push the release again from a machine that has it"),
        ("unauthorized", DockerFault.Refused, "log in to the registry with docker login on this machine"),
        ("no basic auth credentials", DockerFault.Refused, "log in to the registry with docker login on this machine"),
        ("pull access denied", DockerFault.Refused, "log in to the registry with docker login on this machine, or push the release there first"),
        ("server gave http response to https client", DockerFault.Refused, "give the registry a certificate, or list it under insecure-registries on the host"),
        ("no such container", DockerFault.NotFound, "deploy again"),
        ("no such image", DockerFault.NotFound, "push the release to the registry first"),
        ("no such network", DockerFault.NotFound, "deploy again, which makes it"),
        ("no such volume", DockerFault.NotFound, "deploy again, which makes it"),
        ("no such object", DockerFault.NotFound, "deploy again"),
        ("executable file not found in $path", DockerFault.Other, "the image lacks that program: build it on another base, or correct the command"),
        ("not found", DockerFault.NotFound, "deploy again"),
        ("unknown server os", DockerFault.Other, "the host runs another system than the image; name another host"),
    ];

    private const string Answer = "Error response from daemon: ";

    private static readonly DockerFault[] MayPass = [DockerFault.Unreachable, DockerFault.TimedOut, DockerFault.RegistryUnreachable];

    internal static (DockerFault Fault, string Remedy) Of(string errors)
    {
        // An engine that answers was found: the name that it looked up is of what it asks.
        if (errors.Contains(Answer, StringComparison.OrdinalIgnoreCase) && errors.Contains("no such host", StringComparison.OrdinalIgnoreCase))
            return (DockerFault.RegistryUnreachable, NoName);
        var known = Known.FirstOrDefault(known => errors.Contains(known.Words, StringComparison.OrdinalIgnoreCase));
        if (known.Fault == DockerFault.RegistryUnreachable && !errors.Contains(Answer, StringComparison.OrdinalIgnoreCase) && CallOfEngine().IsMatch(errors))
            return (DockerFault.Unreachable, NoWay);
        return known.Words is null ? (DockerFault.Other, "correct what it complains of and run again") : (known.Fault, known.Remedy);
    }

    /// <summary>Whether the same attempt may succeed later.</summary>
    internal static bool IsTransient(DockerFault fault) => MayPass.Contains(fault);

    /// <summary>The engine's own words, without what the command puts around them.</summary>
    internal static string Words(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("Run 'docker", StringComparison.Ordinal) && !line.StartsWith("See 'docker", StringComparison.Ordinal)
                && !line.StartsWith("WARNING:", StringComparison.Ordinal))
            .Select(line => Without(Without(Without(line, "docker: "), Answer), "Error: ")).Distinct().TakeLast(4).ToList();
        return lines.Count == 0 ? "it said nothing" : string.Join(' ', lines).TrimEnd('.');
    }

    // The paths of an engine's own interface begin with its version, https://docs.docker.com/reference/api/engine/; those of registries do not.
    [GeneratedRegex("""(Get|Head|Post|Put|Delete) "[^" ]+/v[0-9]+\.[0-9]+/""")]
    private static partial Regex CallOfEngine();

    private static string Without(string line, string beginning) => line.StartsWith(beginning, StringComparison.Ordinal) ? line[beginning.Length..] : line;
}
