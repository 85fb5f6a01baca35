using System.Runtime.CompilerServices;
using System.Text;

namespace Pipeline.GitHub.Workflows;

/// <summary>
/// A text with expressions in it: a literal, an <see cref="Expression"/>, or both as an interpolated string, <c>$"environment-{Expression.Input("environment")}"</c>.
/// A literal never becomes an expression, whatever is in it: one that holds <c>${{</c> is refused when the workflow is checked.
/// </summary>
[InterpolatedStringHandler]
public sealed class Template : IEquatable<Template>
{
    private readonly StringBuilder text = new();
    private readonly StringBuilder literal = new();
    private readonly List<Reference> references = [];

    /// <summary>For the compiler, which calls it for an interpolated string.</summary>
    /// <param name="literalLength">How many characters stand outside of expressions.</param>
    /// <param name="formattedCount">How many expressions there are.</param>
    public Template(int literalLength, int formattedCount) => text.EnsureCapacity(literalLength + (16 * formattedCount));

    internal IReadOnlyList<Reference> References => references;

    /// <summary>What stands outside of expressions; a mark that no text holds stands for each of these.</summary>
    internal string Literal => literal.ToString();

    /// <summary>A text as it is.</summary>
    public static implicit operator Template(string literal) => FromString(literal);

    /// <summary>The value of an expression.</summary>
    public static implicit operator Template(Expression expression) => FromExpression(expression);

    /// <summary>A text as it is.</summary>
    public static Template FromString(string literal)
    {
        ArgumentNullException.ThrowIfNull(literal);
        var template = new Template(literal.Length, 0);
        template.AppendLiteral(literal);
        return template;
    }

    /// <summary>The value of an expression.</summary>
    public static Template FromExpression(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var template = new Template(0, 1);
        template.AppendFormatted(expression);
        return template;
    }

    /// <summary>For the compiler.</summary>
    public void AppendLiteral(string value)
    {
        text.Append(value);
        literal.Append(value);
    }

    /// <summary>For the compiler: a text as it is.</summary>
    public void AppendFormatted(string value) => AppendLiteral(value);

    /// <summary>For the compiler: the value of an expression.</summary>
    public void AppendFormatted(Expression value)
    {
        ArgumentNullException.ThrowIfNull(value);
        text.Append(value);
        literal.Append('\0');
        references.AddRange(value.References);
    }

    /// <summary>The text as it stands in a workflow.</summary>
    public override string ToString() => text.ToString();

    /// <inheritdoc />
    public bool Equals(Template? other) => other is not null && text.Equals(other.text);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Template);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
