namespace Shop.Mail;

/// <param name="MessageId">The same at every attempt, so that a receiver can tell a repetition.</param>
/// <param name="Recipient">The address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text.</param>
internal sealed record OutgoingMail(string MessageId, string Recipient, string Subject, string Body);
