using System.Runtime.InteropServices;

namespace Pipeline.Supervision.Native;

/// <summary>A null-terminated array of UTF-8 strings, as exec takes them. Whoever makes one frees it.</summary>
internal sealed unsafe class NativeStrings
{
    private readonly int count;

    internal NativeStrings(IReadOnlyList<string> texts)
    {
        count = texts.Count;
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)count + 1, (nuint)sizeof(byte*));
        for (var index = 0; index < count; index++)
            Pointers[index] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[index]);
    }

    internal byte** Pointers { get; }

    internal void Free()
    {
        for (var index = 0; index < count; index++)
            Marshal.FreeCoTaskMem((nint)Pointers[index]);
        NativeMemory.Free(Pointers);
    }
}
