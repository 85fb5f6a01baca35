namespace Pipeline.Targets.Reports;

/// <summary>A number that a target measured.</summary>
internal sealed record Measurement(string Name, double Value, string Unit);

/// <summary>A point of a <see cref="Series"/>.</summary>
internal readonly record struct SeriesPoint(double X, double Y);

/// <summary>Values that a target measured along an axis, to be plotted.</summary>
internal sealed record Series(string Name, string Unit, string XLabel, IReadOnlyList<SeriesPoint> Points);

/// <summary>A text that a target keeps with the report.</summary>
internal sealed record Attachment(string Name, string Text);
