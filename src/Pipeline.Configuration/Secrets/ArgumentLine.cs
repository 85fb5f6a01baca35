using System.Text;

namespace Pipeline.Configuration.Secrets;

/// <summary>Splits a command line into a program and its arguments. Quotes keep blanks together; nothing is expanded, and no shell ever sees it.</summary>
internal static class ArgumentLine
{
    /// <exception cref="FormatException">A quote is never closed.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        var arguments = new List<string>();
        StringBuilder? argument = null;
        for (var position = 0; position < line.Length; position++)
        {
            var character = line[position];
            if (character is '\'' or '"')
            {
                var end = line.IndexOf(character, position + 1);
                if (end < 0)
                    throw new FormatException($"the quote {character} at character {position + 1} is never closed");
                (argument ??= new StringBuilder()).Append(line, position + 1, end - position - 1);
                position = end;
            }
            else if (!char.IsWhiteSpace(character))
            {
                (argument ??= new StringBuilder()).Append(character);
            }
            else if (argument is not null)
            {
                arguments.Add(argument.ToString());
                argument = null;
            }
        }
        if (argument is not null)
            arguments.Add(argument.ToString());
        return arguments;
    }
}
