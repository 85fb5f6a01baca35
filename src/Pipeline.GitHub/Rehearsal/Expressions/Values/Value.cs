namespace Pipeline.GitHub.Rehearsal.Expressions.Values;

/// <summary>A value of GitHub's expression language, with what it is where another type is wanted.</summary>
internal abstract class Value
{
    internal static Value Null { get; } = new NullValue();

    internal static Value True { get; } = new BooleanValue(value: true);

    internal static Value False { get; } = new BooleanValue(value: false);

    /// <summary>Whether a condition holds with it: false, 0, an empty text, null and what is no number do not.</summary>
    internal abstract bool Holds { get; }

    /// <summary>Itself as a number; NaN where it is none.</summary>
    internal abstract double Number { get; }

    /// <summary>Itself within a text.</summary>
    internal abstract string Text { get; }

    internal static Value Of(bool value) => value ? True : False;

    internal static Value Of(string value) => new TextValue(value);

    internal static Value Of(double value) => new NumberValue(value);

    private sealed class NullValue : Value
    {
        internal override bool Holds => false;

        internal override double Number => 0;

        internal override string Text => "";
    }

    private sealed class BooleanValue(bool value) : Value
    {
        internal override bool Holds => value;

        internal override double Number => value ? 1 : 0;

        internal override string Text => value ? "true" : "false";
    }
}

internal sealed class NumberValue(double value) : Value
{
    internal override bool Holds => value != 0 && !double.IsNaN(value);

    internal override double Number => value;

    internal override string Text => NumberText.Write(value);
}

internal sealed class TextValue(string value) : Value
{
    internal override bool Holds => value.Length > 0;

    internal override double Number => NumberText.Read(value);

    internal override string Text => value;
}
