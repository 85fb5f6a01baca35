using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Journal;

/// <summary>A journal file. Version 1 is the only one so far; every later program must still read it.</summary>
/// <param name="Version">The version of this format.</param>
/// <param name="WrittenAt">When the routes took effect, for people.</param>
/// <param name="Checksum">sha256 of <paramref name="Routes"/> written as compact JSON, lower-case hexadecimal.</param>
/// <param name="Routes">The routes and the token they came with.</param>
internal sealed record JournalDocument(int Version, DateTimeOffset WrittenAt, string Checksum, RouteDocument Routes)
{
    public const int CurrentVersion = 1;
}
