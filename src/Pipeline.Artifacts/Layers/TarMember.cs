namespace Pipeline.Artifacts.Layers;

/// <summary>What stands in the header of one entry of an archive.</summary>
/// <param name="Path">Relative to the image's root, with <c>/</c>; a folder's ends in one.</param>
/// <param name="Type">The type flag of POSIX.</param>
/// <param name="Size">The bytes that follow; 0 for all but files.</param>
/// <param name="Mode">The permissions, set-user-id and such included.</param>
/// <param name="Owner">The number of the owner.</param>
/// <param name="Group">The number of the group.</param>
/// <param name="LinkTarget">Where a link leads; empty for anything else.</param>
internal sealed record TarMember(string Path, byte Type, long Size, int Mode, int Owner = 0, int Group = 0, string LinkTarget = "")
{
    public const byte FileType = (byte)'0';
    public const byte HardLinkType = (byte)'1';
    public const byte LinkType = (byte)'2';
    public const byte FolderType = (byte)'5';
    public const int ProgramMode = 0b111_101_101;
    public const int DataMode = 0b110_100_100;
}
