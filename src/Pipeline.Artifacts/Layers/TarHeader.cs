using System.Globalization;
using System.Text;

namespace Pipeline.Artifacts.Layers;

/// <summary>
/// One entry's header in the ustar format of POSIX.1-2017, with a PAX header before it where path or size do not fit:
/// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html. Written here because the runtime's own writer puts its process id into PAX headers,
/// so that no two archives are alike.
/// </summary>
internal static class TarHeader
{
    public const int BlockSize = 512;
    private const int NameLength = 100;
    private const long LargestOctalSize = 0x1_FFFF_FFFF;

    public static byte[] Folder(string path, long modifiedAt) => Of(new(path, TarMember.FolderType, Size: 0, TarMember.ProgramMode), modifiedAt);

    public static byte[] File(string path, long size, bool executable, long modifiedAt) =>
        Of(new(path, TarMember.FileType, size, executable ? TarMember.ProgramMode : TarMember.DataMode), modifiedAt);

    public static byte[] Of(TarMember member, long modifiedAt)
    {
        if (Fits(member.Path) && Fits(member.LinkTarget) && member.Size <= LargestOctalSize)
            return Block(member, modifiedAt);
        var records = Encoding.UTF8.GetBytes(
            (Fits(member.Path) ? "" : Record("path", member.Path))
            + (Fits(member.LinkTarget) ? "" : Record("linkpath", member.LinkTarget))
            + (member.Size <= LargestOctalSize ? "" : Record("size", member.Size.ToString(CultureInfo.InvariantCulture))));
        var padded = new byte[(records.Length + BlockSize - 1) / BlockSize * BlockSize];
        records.CopyTo(padded, 0);
        var cut = member with
        {
            Path = Fits(member.Path) ? member.Path : "entry",
            LinkTarget = Fits(member.LinkTarget) ? member.LinkTarget : "entry",
            Size = Math.Min(member.Size, LargestOctalSize),
        };
        return [
            .. Block(new("PaxHeaders/entry", (byte)'x', records.Length, TarMember.DataMode), modifiedAt),
            .. padded,
            .. Block(cut, modifiedAt),
        ];
    }

    private static bool Fits(string path) => path.Length <= NameLength && Ascii.IsValid(path);

    /// <summary>"LENGTH key=value\n", where LENGTH counts itself too.</summary>
    private static string Record(string key, string value)
    {
        var rest = $" {key}={value}\n";
        var length = Encoding.UTF8.GetByteCount(rest);
        var total = length + 1;
        while (total != length + Digits(total))
            total = length + Digits(total);
        return total.ToString(CultureInfo.InvariantCulture) + rest;
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static byte[] Block(TarMember member, long modifiedAt)
    {
        var block = new byte[BlockSize];
        Encoding.ASCII.GetBytes(member.Path, block);
        Octal(block.AsSpan(100, 8), member.Mode);
        Octal(block.AsSpan(108, 8), member.Owner);
        Octal(block.AsSpan(116, 8), member.Group);
        Octal(block.AsSpan(124, 12), member.Size);
        Octal(block.AsSpan(136, 12), modifiedAt);
        block[156] = member.Type;
        Encoding.ASCII.GetBytes(member.LinkTarget, block.AsSpan(157));
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));
        Octal(block.AsSpan(329, 8), 0);
        Octal(block.AsSpan(337, 8), 0);
        block.AsSpan(148, 8).Fill((byte)' ');
        Octal(block.AsSpan(148, 7), block.Sum(value => value));
        return block;
    }

    private static void Octal(Span<byte> field, long value)
    {
        for (var digit = field.Length - 2; digit >= 0; digit--, value >>= 3)
            field[digit] = (byte)('0' + (value & 7));
        field[^1] = 0;
    }
}
