using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Pipeline.GitHub.Workflows.Writing;

/// <summary>A YAML document that is written from top to bottom, the same bytes each time.</summary>
internal sealed partial class YamlDraft : IDisposable
{
    private readonly StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
    private readonly Emitter emitter;

    public YamlDraft()
    {
        emitter = new(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, indentSequences: true, newLine: "\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
    }

    public string Finish()
    {
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    public void Dispose() => text.Dispose();

    public void Comment(string comment)
    {
        if (comment.Length > 0)
            emitter.Emit(new Comment(comment, isInline: false));
    }

    public void Mapping(Action content)
    {
        emitter.Emit(new MappingStart(null, null, isImplicit: true, MappingStyle.Block));
        content();
        emitter.Emit(new MappingEnd());
    }

    public void Mapping(string key, Action content)
    {
        Key(key);
        Mapping(content);
    }

    public void EmptyMapping(string key)
    {
        Key(key);
        emitter.Emit(new MappingStart(null, null, isImplicit: true, MappingStyle.Flow));
        emitter.Emit(new MappingEnd());
    }

    public void Sequence<T>(string key, IEnumerable<T> items, Action<T> content)
    {
        Key(key);
        emitter.Emit(new SequenceStart(null, null, isImplicit: true, SequenceStyle.Block));
        foreach (var item in items)
            content(item);
        emitter.Emit(new SequenceEnd());
    }

    public void Words(string key, IEnumerable<string> words)
    {
        Key(key);
        emitter.Emit(new SequenceStart(null, null, isImplicit: true, SequenceStyle.Flow));
        foreach (var word in words)
            Text(word);
        emitter.Emit(new SequenceEnd());
    }

    public void Text(string key, string value, string comment = "")
    {
        Key(key);
        Text(value);
        if (comment.Length > 0)
            emitter.Emit(new Comment(comment, isInline: true));
    }

    public void Item(string value) => Text(value);

    /// <summary>A number or true or false, which is no text.</summary>
    public void Plain(string key, string value)
    {
        Key(key);
        Scalar(value, ScalarStyle.Plain);
    }

    private void Key(string key) => Scalar(key, LooksLikeNoText(key) && key != "on" ? ScalarStyle.SingleQuoted : ScalarStyle.Plain);

    private void Text(string value) => Scalar(value, StyleOf(value));

    private static ScalarStyle StyleOf(string value)
    {
        if (LooksLikeNoText(value))
            return ScalarStyle.SingleQuoted;
        var isPlain = value.All(character => character is >= ' ' and <= '~');
        if (value.Contains('\n', StringComparison.Ordinal))
            return ReadsLiterally(value) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted;
        return isPlain ? ScalarStyle.Any : ScalarStyle.DoubleQuoted;
    }

    private static bool ReadsLiterally(string value) =>
        value.All(character => character is '\n' or (>= ' ' and <= '~')) && value.Split('\n').All(line => line.Length > 0 && line[0] != ' ' && line[^1] != ' ');

    private void Scalar(string value, ScalarStyle style) => emitter.Emit(new Scalar(null, null, value, style, isPlainImplicit: true, isQuotedImplicit: true));

    // Also what older YAML takes for true, false, null, a number or a date: other tools read workflows too.
    private static bool LooksLikeNoText(string value) => value.Length == 0 || NoText().IsMatch(value);

    [GeneratedRegex(@"\A(~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\.?[0-9][0-9a-fxo_,.:eE+-]*|[-+]?\.(inf|nan))\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NoText();
}
