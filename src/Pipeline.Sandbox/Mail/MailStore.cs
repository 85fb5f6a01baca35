using System.Text.Json;
using Pipeline.Sandbox.Mail.Mime;
using Pipeline.Sandbox.Storage;

namespace Pipeline.Sandbox.Mail;

/// <summary>
/// The last mails: what stands on their envelopes in memory, the messages on the disk. The oldest go when there are too many or too great
/// ones.
/// </summary>
internal sealed class MailStore
{
    private const int Kept = 1000;
    private const long KeptBytes = 256L * 1024 * 1024;
    private readonly Lock gate = new();
    private readonly NumberedFiles envelopes;
    private readonly NumberedFiles messages;
    private readonly TimeProvider time;
    private readonly SortedDictionary<int, MailSummary> mails = [];
    private long bytes;
    private int last;

    public MailStore(DataFolder data, TimeProvider time)
    {
        var folder = Path.Combine(data.Path, "mail");
        envelopes = new NumberedFiles(folder, ".json");
        messages = new NumberedFiles(folder, ".eml");
        this.time = time;
        var complete = envelopes.Numbers();
        foreach (var orphan in messages.Numbers().Except(complete))
            messages.Delete(orphan);
        foreach (var number in complete)
            Remember(StoredJson.Read<MailSummary>(envelopes, number));
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<MailSummary> All()
    {
        lock (gate)
            return [.. mails.Values.Reverse()];
    }

    /// <summary>The envelope and the message; null when there is none of that id.</summary>
    public (MailSummary Summary, byte[] Message)? Find(int id)
    {
        lock (gate)
            return mails.TryGetValue(id, out var mail) && messages.Read(id) is { } message ? (mail, message) : null;
    }

    /// <summary>Stores a mail; it is on the disk when this returns. A message without an envelope is none: the envelope is written last.</summary>
    public MailSummary Add(string from, IReadOnlyList<string> to, byte[] message)
    {
        var subject = MimeHeaders.Read(message).Headers.Value("Subject") ?? "";
        lock (gate)
        {
            var mail = new MailSummary(last + 1, time.GetUtcNow(), from, to, subject, message.Length);
            messages.Write(mail.Id, message);
            envelopes.Write(mail.Id, JsonSerializer.SerializeToUtf8Bytes(mail, StoredJson.Options));
            Remember(mail);
            return mail;
        }
    }

    private void Remember(MailSummary mail)
    {
        last = mail.Id;
        mails.Add(mail.Id, mail);
        bytes += mail.Size;
        while (mails.Count > Kept || (bytes > KeptBytes && mails.Count > 1))
        {
            var oldest = mails.First().Value;
            mails.Remove(oldest.Id);
            bytes -= oldest.Size;
            envelopes.Delete(oldest.Id);
            messages.Delete(oldest.Id);
        }
    }
}
