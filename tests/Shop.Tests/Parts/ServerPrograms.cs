using System.Diagnostics;
using Pipeline.Testing;

namespace Shop.Tests.Parts;

/// <summary>PostgreSQL's programs on this machine, and the user they run as: never root.</summary>
internal static class ServerPrograms
{
    private const string Root = "root";

    public static string Find(string name)
    {
        var packaged = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", name))
            : [];
        return packaged.FirstOrDefault(File.Exists) ?? Needs.Program(name);
    }

    public static void GiveAway(string folder)
    {
        if (Environment.UserName != Root)
            return;
        using var chown = Process.Start("chown", [Owner(), folder]);
        chown.WaitForExit();
    }

    public static ProcessStartInfo Command(string program, params string[] arguments)
    {
        var command = Environment.UserName == Root
            ? new ProcessStartInfo(Needs.Program("setpriv"), [$"--reuid={Owner()}", "--clear-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        command.WorkingDirectory = "/";
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        return command;
    }

    private static string Owner() =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
}
