namespace Pipeline.Sandbox.Mail;

/// <summary>A mail that was taken.</summary>
/// <param name="Id">Ascending from 1.</param>
/// <param name="ReceivedAt">When.</param>
/// <param name="From">The sender of the envelope; empty for a bounce.</param>
/// <param name="To">The recipients of the envelope.</param>
/// <param name="Subject">The subject of the message; empty when it has none.</param>
/// <param name="Size">The message's bytes.</param>
internal sealed record MailSummary(int Id, DateTimeOffset ReceivedAt, string From, IReadOnlyList<string> To, string Subject, int Size);
