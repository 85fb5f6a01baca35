namespace Shop.Metrics;

/// <summary>Labels as they are written between the braces.</summary>
internal readonly record struct Labels
{
    private readonly string? text;

    private Labels(string text) => this.text = text;

    public static Labels None => default;

    public static Labels Of(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var all = None;
        foreach (var (name, value) in labels)
            all = all.With(name, value);
        return all;
    }

    public Labels With(string name, string value)
    {
        var label = $"{name}=\"{Escape(value)}\"";
        return new Labels(string.IsNullOrEmpty(text) ? label : $"{text},{label}");
    }

    public override string ToString() => string.IsNullOrEmpty(text) ? "" : $"{{{text}}}";

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
