namespace Pipeline.Edge.Administration;

/// <summary>An order that is not followed.</summary>
/// <param name="status">The HTTP status that says whose fault it is.</param>
/// <param name="answer">Why.</param>
internal sealed class OrderRefusedException(int status, ErrorAnswer answer) : Exception(answer.Error)
{
    public int Status => status;

    public ErrorAnswer Answer => answer;
}
