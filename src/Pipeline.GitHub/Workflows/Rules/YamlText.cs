using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>Reads YAML, and refuses what could not be followed to its end: the parser itself would run out of stack or time.</summary>
internal static class YamlText
{
    private const int Deepest = 100;

    private const int MostNodes = 100_000;

    /// <exception cref="YamlException">It is no YAML, is part of itself, or is too deep or too large when its aliases are followed.</exception>
    public static YamlStream Load(string text)
    {
        RequireEnd(text);
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream;
    }

    private static void RequireEnd(string text)
    {
        var parser = new Parser(new StringReader(text));
        Dictionary<AnchorName, int> sizes = [];
        Stack<(AnchorName Anchor, int Before)> open = [];
        var nodes = 0;
        while (MoveNext(parser))
        {
            var current = parser.Current!;
            switch (current)
            {
                case AnchorAlias alias when open.Any(outer => outer.Anchor == alias.Value):
                    throw Fault(current, $"*{alias.Value} is a part of what it stands for");
                case AnchorAlias alias:
                    nodes += sizes.GetValueOrDefault(alias.Value, 1);
                    break;
                case MappingStart or SequenceStart:
                    open.Push((((NodeEvent)current).Anchor, nodes++));
                    break;
                case MappingEnd or SequenceEnd:
                    var (anchor, before) = open.Pop();
                    Keep(anchor, nodes - before);
                    break;
                case Scalar scalar:
                    nodes++;
                    Keep(scalar.Anchor, 1);
                    break;
            }
            if (open.Count > Deepest)
                throw Fault(current, $"it is more than {Deepest} levels deep");
            if (nodes > MostNodes)
                throw Fault(current, string.Create(CultureInfo.InvariantCulture, $"it has more than {MostNodes} values when its aliases are followed"));
        }

        void Keep(AnchorName anchor, int size)
        {
            if (!anchor.IsEmpty)
                sizes[anchor] = size;
        }
    }

    private static bool MoveNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // The scanner has no word of its own for this.
            var where = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(where, where, "what follows here cannot be read", fault);
        }
    }

    private static YamlException Fault(ParsingEvent where, string message) => new(where.Start, where.End, message);
}
