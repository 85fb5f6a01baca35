using System.Net.Sockets;
using System.Security.Authentication;

namespace Pipeline.Artifacts.Registry.Http;

/// <summary>Turns what the network did into a sentence with a remedy.</summary>
internal static class NetworkFault
{
    public static bool Is(Exception fault, Silence silence) =>
        fault is HttpRequestException or IOException || (fault is OperationCanceledException && silence.Broke);

    /// <param name="subject">Who was spoken to: <c>registry 127.0.0.1:5000</c>.</param>
    /// <param name="fault">What happened.</param>
    public static RegistryException Describe(string subject, Exception fault)
    {
        if (fault is OperationCanceledException)
            return Passing($"{subject} has given no sign of life for too long; see whether it and the network to it are well", fault);
        if (Cause<AuthenticationException>(fault) is { } distrust)
            return new RegistryException(
                $"{subject} gives no connection to trust ({(distrust.InnerException ?? distrust).Message.TrimEnd('.')}); put the certificate of its authority into /etc/docker/certs.d/HOST:PORT/ca.crt, "
                + "or, where it speaks plain http in a private network, name it with --insecure-registry", fault);
        return fault is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError }
            ? Passing($"{subject} cannot be reached ({Cause<SocketException>(fault)?.Message ?? fault.Message}); start it, or check its name and port", fault)
            : Passing($"{subject} cut the connection ({Innermost(fault).Message.TrimEnd('.')}); see its log", fault);
    }

    private static RegistryException Passing(string message, Exception fault) => new(message, fault) { IsTransient = true };

    private static T? Cause<T>(Exception? fault)
        where T : Exception
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is T found)
                return found;
        }
        return null;
    }

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
