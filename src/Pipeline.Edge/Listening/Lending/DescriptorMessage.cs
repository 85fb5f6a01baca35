using System.Runtime.InteropServices;

namespace Pipeline.Edge.Listening.Lending;

/// <summary>Open descriptors on their way from one process to another over a local socket: SCM_RIGHTS, see unix(7) and cmsg(3).</summary>
internal static unsafe partial class DescriptorMessage
{
    /// <summary>How many one message carries at most.</summary>
    public const int Most = 64;

    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int ControlTruncated = 0x8;
    private const int NoSignal = 0x4000;
    private const int CloseOnExec = 0x40000000;
    private const int Interrupted = 4;

    private static int HeaderSize => Aligned(sizeof(ControlHeader));

    /// <summary>Sends duplicates of the descriptors; the sender keeps its own.</summary>
    /// <exception cref="IOException">The other end is gone.</exception>
    public static void Send(SafeHandle socket, ReadOnlySpan<int> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, Most);
        var count = (byte)descriptors.Length;
        Span<byte> control = stackalloc byte[HeaderSize + Aligned(descriptors.Length * sizeof(int))];
        control.Clear();
        fixed (byte* controlStart = control)
        {
            *(ControlHeader*)controlStart = new() { Length = (nuint)(HeaderSize + (descriptors.Length * sizeof(int))), Level = SocketLevel, Kind = Rights };
            descriptors.CopyTo(new Span<int>(controlStart + HeaderSize, descriptors.Length));
            var data = new Vector { Start = &count, Length = 1 };
            var message = new Message { Vectors = &data, VectorCount = 1, Control = controlStart, ControlLength = (nuint)control.Length };
            while (SendMessage(socket, &message, NoSignal) < 0)
                ThrowUnlessInterrupted("sent");
        }
    }

    /// <summary>Receives descriptors, which are the receiver's own from then on and are closed in programs that it starts.</summary>
    /// <exception cref="IOException">None came in time, or not all of them.</exception>
    public static IReadOnlyList<int> Receive(SafeHandle socket)
    {
        byte count = 0;
        Span<byte> control = stackalloc byte[HeaderSize + Aligned(Most * sizeof(int))];
        control.Clear();
        fixed (byte* controlStart = control)
        {
            var data = new Vector { Start = &count, Length = 1 };
            var message = new Message { Vectors = &data, VectorCount = 1, Control = controlStart, ControlLength = (nuint)control.Length };
            nint received;
            while ((received = ReceiveMessage(socket, &message, CloseOnExec)) < 0)
                ThrowUnlessInterrupted("received");
            if (received == 0)
                throw new IOException("the other end closed without sending any; it serves its own user alone");
            var header = (ControlHeader*)controlStart;
            var arrived = (int)message.ControlLength >= HeaderSize && header->Level == SocketLevel && header->Kind == Rights
                ? new Span<int>(controlStart + HeaderSize, ((int)header->Length - HeaderSize) / sizeof(int)).ToArray()
                : [];
            if (arrived.Length == count && (message.Flags & ControlTruncated) == 0)
                return arrived;
            Close(arrived);
            throw new IOException($"{arrived.Length} of {count} descriptors arrived; the system keeps the others from this process (limit of open files, or a security policy)");
        }
    }

    /// <summary>Gives descriptors back to the system. What others hold of the same sockets stays as it is.</summary>
    public static void Close(IEnumerable<int> descriptors)
    {
        foreach (var descriptor in descriptors)
            _ = CloseDescriptor(descriptor);
    }

    private static int Aligned(int length) => (length + sizeof(nuint) - 1) & ~(sizeof(nuint) - 1);

    private static void ThrowUnlessInterrupted(string what)
    {
        if (Marshal.GetLastPInvokeError() != Interrupted)
            throw new IOException($"descriptors cannot be {what}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SendMessage(SafeHandle socket, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ReceiveMessage(SafeHandle socket, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseDescriptor(int descriptor);

    // struct iovec, struct msghdr and struct cmsghdr, as the GNU and the musl library lay them out.
    [StructLayout(LayoutKind.Sequential)]
    private struct Vector
    {
        public byte* Start;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public void* Name;
        public uint NameLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Kind;
    }
}
