using System.IO.Pipes;
using System.Runtime.InteropServices;
using Pipeline.Supervision.Native;

namespace Pipeline.Supervisor.Waiting;

/// <summary>Sleeps until a signal comes, a process ends or a time has passed. Nothing runs in between.</summary>
internal sealed unsafe class Wakeup : IDisposable
{
    private readonly AnonymousPipeServerStream reading = new(PipeDirection.In, HandleInheritability.None);
    private readonly AnonymousPipeClientStream writing;
    private readonly List<PosixSignalRegistration> registrations = [];
    private volatile bool stopAsked;
    private volatile bool changeAsked;

    internal Wakeup()
    {
        writing = new AnonymousPipeClientStream(PipeDirection.Out, reading.ClientSafePipeHandle);
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP })
            registrations.Add(PosixSignalRegistration.Create(signal, Note));
    }

    /// <summary>Whether somebody asked for the end.</summary>
    internal bool StopAsked => stopAsked;

    /// <summary>Whether somebody asked to look at the folder since the last time this was called.</summary>
    internal bool TakeChange()
    {
        var asked = changeAsked;
        changeAsked = false;
        return asked;
    }

    internal void Sleep(IEnumerable<int> descriptors, TimeSpan atMost)
    {
        PollEntry[] entries = [.. descriptors.Prepend((int)reading.SafePipeHandle.DangerousGetHandle())
            .Select(descriptor => new PollEntry { Descriptor = descriptor, Events = PollEntry.Readable })];
        fixed (PollEntry* first = entries)
            _ = Libc.Poll(first, (nuint)entries.Length, (int)Math.Clamp(Math.Ceiling(atMost.TotalMilliseconds), 0, int.MaxValue));
        if (entries[0].Returned != 0)
            _ = reading.ReadByte();
    }

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        writing.Dispose();
        reading.Dispose();
    }

    private void Note(PosixSignalContext context)
    {
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGHUP)
            changeAsked = true;
        else
            stopAsked = true;
        writing.WriteByte(0);
    }
}
