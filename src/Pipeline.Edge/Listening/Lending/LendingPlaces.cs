using System.Text;

namespace Pipeline.Edge.Listening.Lending;

/// <summary>Where in an edge's folder listening sockets are lent.</summary>
/// <param name="Directory">The folder of the edge.</param>
internal sealed record LendingPlaces(string Directory)
{
    private const int LongestPath = 107;
    private const int LongestSuffix = 12;

    /// <summary>Where the door lends them to edges.</summary>
    public string Door => Path.Combine(Directory, "door.sock");

    /// <summary>Where the edge that serves gives them back to a door that was started anew.</summary>
    public string Edge => Path.Combine(Directory, "lent.sock");

    /// <summary>Says so when the folder lies too deep for local sockets in it (unix(7)).</summary>
    public void Check(string command, List<string> faults)
    {
        var length = Encoding.UTF8.GetByteCount(Door) + LongestSuffix;
        if (length > LongestPath)
            faults.Add($"edge {command}: --directory {Directory} is {length - LongestPath} bytes too long for a local socket in it; take a shorter one");
    }
}
