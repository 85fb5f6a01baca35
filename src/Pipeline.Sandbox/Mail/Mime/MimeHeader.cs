namespace Pipeline.Sandbox.Mail.Mime;

/// <summary>One header field, unfolded and decoded.</summary>
internal sealed record MimeHeader(string Name, string Value);
