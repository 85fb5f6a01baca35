using System.Globalization;
using System.Text;
using Pipeline.Edge.Settings;

namespace Pipeline.Edge.CommandLine;

/// <summary>The help; its list of settings comes from their definitions.</summary>
internal static class Usage
{
    private const string Commands = """
        edge: the reverse proxy in front of an environment's instances

        edge run --directory DIR [--listen ADDRESS:PORT… [--share-port] | --door] [--name NAME] [--settings FILE] [settings]
            serves; under a supervisor that hands over its sockets (PIPELINE_LISTEN_FDS) --listen is left out.
            With --share-port the edge that runs in DIR and listens there too hands over to this one and ends, as this
            one does when the next comes: without a lost connection where net.ipv4.tcp_migrate_req is 1.
            With --door it accepts from the sockets that the door of DIR lends, and hands over without any such setting
        edge door --directory DIR --listen ADDRESS:PORT…
            opens the addresses and lends them to the edges of DIR, which may be in another network; one that was killed
            and is started anew gets them back from the edge, and nobody is refused meanwhile
        edge keep [--directory DIR (--listen ADDRESS:PORT… | --door) [--name NAME] [--settings FILE] [settings]]
            the first process of a container that stays: runs an edge with --share-port, or with --door, whenever no
            other serves in DIR
        edge relay [TARGET]
            joins standard input and output with TARGET, unix:/path or tcp:host:port; without TARGET, carries many
            such connections for the program at the other end
        edge route --directory DIR [--token N] --backend COLOUR,DIGEST,WEIGHT,ADDRESS[,ADDRESS]… …
        edge route --directory DIR [--token N] --routes FILE | --none
            replaces all routes in one step; FILE is JSON, - reads standard input
        edge weights --directory DIR [--token N] blue=95 green=5
        edge drain --directory DIR blue|green [--at-most 30s]
            waits until nothing is in flight to a side; what is left on a side of weight 0 is ended then
        edge hold --directory DIR [--token N] [--at-most 10s]
            keeps users' requests waiting, 30 s at the longest; a hold ends by itself
        edge release --directory DIR [--token N]
        edge status --directory DIR
        edge metrics --directory DIR

        --json       the answer as one JSON document
        --token N    the fencing token of a deployment; an older one than the last is refused (exit 3); without it, the present one
        Exit codes   0 done, 1 failed, 2 misuse, 3 refused

        Settings, as flags of `edge run` or keys of the JSON object in FILE:

        """;

    public static string Text { get; } = Render();

    private static string Render()
    {
        var text = new StringBuilder(Commands);
        foreach (var setting in SettingDefinitions.All)
            text.Append(CultureInfo.InvariantCulture, $"--{setting.Name} {setting.Value}\n    {setting.Meaning}; default {setting.Default}; {setting.Bounds}\n");
        return text.ToString();
    }
}
