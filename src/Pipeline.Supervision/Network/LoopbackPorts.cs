using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Pipeline.Supervision.Network;

/// <summary>
/// The ports of 127.0.0.1 for processes that choose their own. They lie below those that systems give to outgoing connections, so that none of those sits on
/// the port of a process that is about to be started again.
/// </summary>
public static class LoopbackPorts
{
    /// <summary>The lowest.</summary>
    public const int First = 20000;

    /// <summary>The highest.</summary>
    public const int Last = 31999;

    private const int Attempts = 200;

    /// <summary>Whether nobody listens on a port of 127.0.0.1 and this user may.</summary>
    /// <param name="port">1 to 65535.</param>
    public static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }

    /// <summary>Free ones, each another, at random, so that two who choose at once choose apart.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <exception cref="SupervisionException">Many were tried, and too few are free.</exception>
    public static IReadOnlyList<int> Choose(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var free = Enumerable.Range(0, Attempts).Select(_ => RandomNumberGenerator.GetInt32(First, Last + 1)).Distinct().Where(IsFree).Take(count).ToList();
        if (free.Count == count)
            return free;
        throw new SupervisionException($"ports of 127.0.0.1: {Attempts} between {First} and {Last} were tried and fewer than {count} are free; stop what listens there");
    }
}
