using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Pipeline.Supervision.Native;

namespace Pipeline.Supervisor.Sockets;

/// <summary>Options of listening sockets that .NET has no names for: https://man7.org/linux/man-pages/man7/socket.7.html</summary>
internal static unsafe class SocketOptions
{
    private const int AcceptsConnections = 30;
    private const int AttachReuseProgram = 51;
    private const ushort ReturnConstant = 0x06;
    private static readonly bool Mac = OperatingSystem.IsMacOS();
    private static readonly int SocketLevel = Mac ? 0xffff : 1;
    private static readonly int ReuseAddress = Mac ? 4 : 2;
    private static readonly int ReusePort = Mac ? 0x200 : 15;

    /// <summary>
    /// Binds, failing when anybody else listens there, and only then lets a later supervisor of this process join: with the option set before,
    /// two supervisors of different processes would share one port and each get half of the connections.
    /// </summary>
    internal static void BindAlone(Socket socket, IPEndPoint address)
    {
        Enable(socket, ReuseAddress);
        socket.Bind(address);
        Enable(socket, ReusePort);
    }

    internal static void BindBeside(Socket socket, IPEndPoint address)
    {
        Enable(socket, ReuseAddress);
        Enable(socket, ReusePort);
        socket.Bind(address);
    }

    internal static bool ListensOn(Socket socket, IPEndPoint address)
    {
        Span<byte> answer = stackalloc byte[sizeof(int)];
        try
        {
            _ = socket.GetRawSocketOption(SocketLevel, AcceptsConnections, answer);
            return MemoryMarshal.Read<int>(answer) != 0 && address.Equals(socket.LocalEndPoint);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>
    /// Sends new connections to one socket of those that share the port: 0 is the oldest. Where the system has no such program, its hash decides.
    /// </summary>
    internal static void Steer(Socket socket, int index)
    {
        var instruction = new Instruction { Code = ReturnConstant, Value = (uint)index };
        var program = new ReuseProgram { Length = 1, Instructions = &instruction };
        _ = Libc.SetSocketOption((int)socket.Handle, SocketLevel, AttachReuseProgram, &program, (uint)sizeof(ReuseProgram));
    }

    private static void Enable(Socket socket, int option)
    {
        var on = 1;
        socket.SetRawSocketOption(SocketLevel, option, new ReadOnlySpan<byte>(&on, sizeof(int)));
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Instruction
    {
        internal ushort Code;
        internal byte IfTrue;
        internal byte IfFalse;
        internal uint Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ReuseProgram
    {
        internal ushort Length;
        internal Instruction* Instructions;
    }
}
