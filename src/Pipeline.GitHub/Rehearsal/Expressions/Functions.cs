using System.Text;
using Pipeline.GitHub.Rehearsal.Expressions.Values;

namespace Pipeline.GitHub.Rehearsal.Expressions;

/// <summary>The functions of the language that need nothing but their arguments, and how many arguments all of them take.</summary>
internal static class Functions
{
    /// <summary>Those that tell how things went so far.</summary>
    internal static readonly string[] OfStatus = ["success", "failure", "always", "cancelled"];

    internal const string HashFiles = "hashFiles";

    private static readonly Dictionary<string, (int Least, int Most)> Counts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["contains"] = (2, 2),
        ["startsWith"] = (2, 2),
        ["endsWith"] = (2, 2),
        ["format"] = (1, 255),
        ["join"] = (1, 2),
        ["toJSON"] = (1, 1),
        ["fromJSON"] = (1, 1),
        ["case"] = (3, 255),
        [HashFiles] = (1, 255),
        ["success"] = (0, 0),
        ["failure"] = (0, 0),
        ["always"] = (0, 0),
        ["cancelled"] = (0, 0),
    };

    /// <exception cref="ExpressionException">There is no such function, or it takes another number of arguments.</exception>
    internal static void Require(string function, int arguments)
    {
        if (!Counts.TryGetValue(function, out var count))
            throw new ExpressionException($"there is no function '{function}'; there are {string.Join(", ", Counts.Keys)}");
        if (arguments < count.Least || arguments > count.Most)
            throw new ExpressionException($"{function} takes {(count.Least == count.Most ? $"{count.Least}" : $"{count.Least} to {count.Most}")} arguments, not {arguments}");
        if (function.Equals("case", StringComparison.OrdinalIgnoreCase) && arguments % 2 == 0)
            throw new ExpressionException("case takes pairs of a condition and a value, and a value for all other cases behind them");
    }

    internal static Value Call(string function, IReadOnlyList<Value> arguments) => function.ToUpperInvariant() switch
    {
        "CONTAINS" => Value.Of(Contains(arguments[0], arguments[1])),
        "STARTSWITH" => Value.Of(arguments[0].Text.StartsWith(arguments[1].Text, StringComparison.OrdinalIgnoreCase)),
        "ENDSWITH" => Value.Of(arguments[0].Text.EndsWith(arguments[1].Text, StringComparison.OrdinalIgnoreCase)),
        "FORMAT" => Value.Of(Format(arguments[0].Text, [.. arguments.Skip(1).Select(argument => argument.Text)])),
        "JOIN" => Value.Of(Join(arguments[0], arguments.Count > 1 ? arguments[1].Text : ",")),
        "TOJSON" => Value.Of(JsonValues.Write(arguments[0])),
        "FROMJSON" => JsonValues.Parse(arguments[0].Text),
        _ => throw new ExpressionException($"'{function}' has no meaning here"),
    };

    private static bool Contains(Value within, Value item) => within is ListValue list
        ? list.Items.Any(each => Comparison.AreEqual(each, item))
        : within is not ObjectValue && item is not (ListValue or ObjectValue) && within.Text.Contains(item.Text, StringComparison.OrdinalIgnoreCase);

    private static string Join(Value value, string separator) => value switch
    {
        ListValue list => string.Join(separator, list.Items.Select(item => item.Text)),
        ObjectValue => "",
        _ => value.Text,
    };

    private static string Format(string pattern, string[] arguments)
    {
        var text = new StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
        {
            var (sign, isDouble) = (pattern[at], at + 1 < pattern.Length && pattern[at + 1] == pattern[at]);
            if (sign is not ('{' or '}'))
            {
                text.Append(sign);
            }
            else if (isDouble)
            {
                text.Append(sign);
                at++;
            }
            else
            {
                var end = sign == '{' ? pattern.IndexOf('}', at) : -1;
                if (end < 0 || !int.TryParse(pattern.AsSpan(at + 1, end - at - 1), System.Globalization.NumberStyles.None, null, out var index))
                    throw new ExpressionException($"format: '{sign}' in '{pattern}' stands alone; write '{sign}{sign}' for itself, or a number in braces");
                if (index >= arguments.Length)
                    throw new ExpressionException($"format: '{pattern}' asks for argument {index} of {arguments.Length}; they are counted from 0");
                text.Append(arguments[index]);
                at = end;
            }
        }
        return text.ToString();
    }
}
