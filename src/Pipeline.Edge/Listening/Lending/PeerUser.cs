using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Pipeline.Edge.Listening.Lending;

/// <summary>Whose process is at the other end of a local socket: SO_PEERCRED, see unix(7).</summary>
internal static partial class PeerUser
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>Whether it is of the user that this process has.</summary>
    public static bool IsOwn(Socket connection)
    {
        // struct ucred: process, user, group.
        Span<byte> credentials = stackalloc byte[3 * sizeof(int)];
        connection.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return MemoryMarshal.Cast<byte, uint>(credentials)[1] == EffectiveUser();
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();
}
