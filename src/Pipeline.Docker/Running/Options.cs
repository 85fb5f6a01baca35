using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.Docker;

/// <summary>Writes settings as options, in the order in which the class declares them.</summary>
internal static class Options
{
    public static void AppendTo(ProcessArgumentBuilder arguments, AutoToolSettings settings)
    {
        foreach (var property in settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).OrderBy(property => property.MetadataToken))
        {
            if (Name(property) is { Length: > 0 } name)
                Append(arguments, name, property.GetValue(settings));
        }
    }

    private static void Append(ProcessArgumentBuilder arguments, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case true:
                arguments.Append(name);
                break;
            case false:
                arguments.Append($"{name}=false");
                break;
            case string text:
                arguments.Append(name).AppendQuoted(text);
                break;
            case IEnumerable values:
                foreach (var each in values)
                    Append(arguments, name, each);
                break;
            case IFormattable number:
                arguments.Append(name).Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                throw new NotSupportedException($"option {name} has a value of {value.GetType()}, which has no place on a command line");
        }
    }

    private static string Name(PropertyInfo property) => property.GetCustomAttribute<OptionAttribute>()?.Name ?? "--" + Dashed(property.Name);

    private static string Dashed(string name)
    {
        var dashed = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && dashed.Length > 0)
                dashed.Append('-');
            dashed.Append(char.ToLowerInvariant(letter));
        }
        return dashed.ToString();
    }
}
