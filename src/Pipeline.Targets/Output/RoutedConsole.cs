using System.Globalization;
using Cake.Core;

namespace Pipeline.Targets.Output;

/// <summary>Cake's console on the routed streams. Colours are those of escape codes, since the colour of the terminal belongs to all targets at once.</summary>
internal sealed class RoutedConsole(OutputRouter router, ConsoleDevices devices) : IConsole
{
    public ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public bool SupportAnsiEscapeCodes => devices.HasColour;

    public void Write(string? text) => router.Out.Write(text);

    public void Write(string format, params object[] arg) => router.Out.Write(Text(format, arg));

    public void WriteLine(string? text) => router.Out.Write(text + "\n");

    public void WriteLine(string format, params object[] arg) => router.Out.Write(Text(format, arg) + "\n");

    public void WriteError(string? text) => router.Error.Write(text);

    public void WriteError(string format, params object[] arg) => router.Error.Write(Text(format, arg));

    public void WriteErrorLine(string? text) => router.Error.Write(text + "\n");

    public void WriteErrorLine(string format, params object[] arg) => router.Error.Write(Text(format, arg) + "\n");

    public void ResetColor()
    {
        ForegroundColor = ConsoleColor.Gray;
        BackgroundColor = ConsoleColor.Black;
    }

    private static string Text(string format, object[] arguments) =>
        arguments.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, arguments);
}
