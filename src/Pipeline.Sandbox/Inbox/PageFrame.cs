using System.Text.Encodings.Web;

namespace Pipeline.Sandbox.Inbox;

/// <summary>What all pages have around them.</summary>
internal static class PageFrame
{
    private const string Style = """
        :root { color-scheme: light dark; --line: #8883; --soft: #8881; --faint: #777; --good: #18794e; --bad: #c62a2f; }
        @media (prefers-color-scheme: dark) { :root { --faint: #999; --good: #5bb98c; --bad: #ff9592; } }
        * { box-sizing: border-box; }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 0 auto; padding: 1.5rem; }
        header { display: flex; gap: 1rem; align-items: baseline; border-bottom: 1px solid var(--line); padding-bottom: .75rem; margin-bottom: 1.5rem; }
        h1 { font-size: 1.25rem; margin: 0; } h1 a { color: inherit; text-decoration: none; }
        h2 { font-size: 1rem; margin: 2rem 0 .5rem; } h2 span, .faint { color: var(--faint); font-weight: normal; }
        .mode { margin-left: auto; border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .75rem; }
        table { width: 100%; border-collapse: collapse; }
        th { text-align: left; font-weight: 600; color: var(--faint); font-size: .85rem; }
        th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
        tr:hover td { background: var(--soft); }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        td.time { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--faint); }
        .succeeded { color: var(--good); } .declined { color: var(--bad); }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: 1rem; border-radius: .4rem; font: 14px/1.5 ui-monospace, monospace; }
        iframe { width: 100%; height: 28rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; } dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
        """;

    public static string Around(string title, string mode, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <header><h1><a href="/">Sandbox</a></h1><span class="faint">mail is kept here and sent nowhere, no money moves</span>{mode}</header>
        {body}
        </body>
        </html>
        """;

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    public static string Time(DateTimeOffset at) => $"{at:yyyy-MM-dd HH:mm:ss}";
}
