namespace Pipeline.Targets.Reports;

/// <summary>How the page looks, in daylight and at night.</summary>
internal static class ReportStyle
{
    internal const string Css = """

        :root {
          color-scheme: light dark;
          --paper: light-dark(#f6f7f9, #0f1216); --card: light-dark(#ffffff, #181c22); --ink: light-dark(#1b2330, #e4e8ee);
          --quiet: light-dark(#667085, #8d98a8); --line: light-dark(#e3e7ed, #2a313b); --code: light-dark(#f3f5f8, #0f1216);
          --done: light-dark(#2a9d62, #3fb87a); --held: light-dark(#8a97aa, #66738a); --failed: light-dark(#d1383d, #f0656a);
          --warned: light-dark(#c98a1b, #e0a945); --plot: light-dark(#3568d4, #7aa2ff);
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 64px; }
        h1 { font-size: 26px; margin: 0 0 4px; display: flex; gap: 12px; align-items: center; flex-wrap: wrap; letter-spacing: -.01em; }
        h2 { font-size: 13px; text-transform: uppercase; letter-spacing: .08em; color: var(--quiet); margin: 32px 0 10px; }
        h3 { font-size: 13px; margin: 18px 0 6px; }
        .pill { font-size: 13px; font-weight: 600; padding: 2px 12px; border-radius: 99px; color: #fff; background: var(--held); }
        .pill.done { background: var(--done); } .pill.failed { background: var(--failed); } .pill.cancelled { background: var(--warned); }
        .failure { color: var(--failed); margin: 4px 0 0; font-weight: 500; overflow-wrap: anywhere; white-space: pre-wrap; }
        .facts { display: flex; flex-wrap: wrap; gap: 6px 32px; margin: 16px 0 0; }
        .facts dt { font-size: 12px; color: var(--quiet); } .facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .chart { display: block; width: 100%; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px; }
        .chart text { font: 12px system-ui, "DejaVu Sans", sans-serif; fill: var(--ink); } .chart .axis { fill: var(--quiet); font-size: 11px; }
        .chart .grid { stroke: var(--line); } .chart .lane { fill: none; } .chart .name { font-weight: 500; }
        .chart .bar { fill: var(--done); } .chart .bar.failed { fill: var(--failed); } .chart .bar.cancelled, .chart .bar.handled { fill: var(--warned); }
        .chart .line { fill: none; stroke: var(--plot); stroke-width: 2; stroke-linejoin: round; } .chart .area { fill: var(--plot); opacity: .12; }
        .target { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 8px; }
        .target summary { display: grid; grid-template-columns: 10px minmax(120px, auto) auto 1fr auto; gap: 12px; align-items: center; padding: 10px 16px; cursor: pointer; list-style: none; }
        .target summary::-webkit-details-marker { display: none; }
        .dot { width: 10px; height: 10px; border-radius: 50%; background: var(--held); }
        .done .dot { background: var(--done); } .failed .dot { background: var(--failed); } .cancelled .dot, .handled .dot { background: var(--warned); }
        .outcome { font-size: 12px; color: var(--quiet); white-space: nowrap; }
        .failed .outcome { color: var(--failed); }
        .reason { color: var(--quiet); font-size: 13px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .took { font-variant-numeric: tabular-nums; color: var(--quiet); font-size: 13px; }
        .body { padding: 2px 16px 16px 38px; border-top: 1px solid var(--line); }
        .body p { margin: 10px 0 0; } .quiet { color: var(--quiet); font-size: 13px; }
        .tiles { list-style: none; display: flex; flex-wrap: wrap; gap: 8px; margin: 14px 0 0; padding: 0; }
        .tiles li { border: 1px solid var(--line); border-radius: 8px; padding: 6px 14px 8px; color: var(--quiet); }
        .tiles span { display: block; font-size: 12px; } .tiles b { font-size: 20px; color: var(--ink); font-variant-numeric: tabular-nums; }
        pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; margin: 6px 0 0; overflow: auto; max-height: 420px; font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
        pre .error { color: var(--failed); }

        """;
}
