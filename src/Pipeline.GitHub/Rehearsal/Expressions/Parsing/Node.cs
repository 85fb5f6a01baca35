using Pipeline.GitHub.Rehearsal.Expressions.Values;

namespace Pipeline.GitHub.Rehearsal.Expressions.Parsing;

/// <summary>A part of an expression.</summary>
internal abstract record Node;

internal sealed record LiteralNode(Value Value) : Node;

internal sealed record ContextNode(string Name) : Node;

internal sealed record MemberNode(Node Of, Node Index) : Node;

/// <summary>All members of a value: <c>*</c>.</summary>
internal sealed record AllNode(Node Of) : Node;

internal sealed record CallNode(string Function, IReadOnlyList<Node> Arguments) : Node;

internal sealed record NotNode(Node Of) : Node;

internal sealed record BinaryNode(string Sign, Node Left, Node Right) : Node;
