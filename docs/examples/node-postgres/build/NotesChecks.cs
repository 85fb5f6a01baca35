using Pipeline.Verification.Checks;

namespace Notes.Build;

/// <summary>What a visitor of the notebook must be able to do, whichever release serves. A check that leaves a note behind runs on staging alone.</summary>
public sealed class NotesChecks(TimeProvider time) : CheckSuite(time)
{
    /// <summary>The addresses that are watched after a deployment; all of them only read.</summary>
    public static IReadOnlyList<string> CriticalEndpoints { get; } = ["/health", "/ready", "/version", "/notes"];

    [Check("the notes are listed")]
    public async Task List(CheckSession session) => (await session.GetAsync("/notes")).ExpectStatus(200);

    [Check("the release says which one it is")]
    public async Task Version(CheckSession session) => (await session.GetAsync("/version")).ExpectStatus(200).ExpectText("\"commit\":\"");

    [Check("an empty note is refused")]
    public async Task EmptyNote(CheckSession session) => (await WriteAsync(session, "")).ExpectStatus(400);

    [Check("a note that is written is read", ChangesData = true)]
    public async Task WriteAndRead(CheckSession session)
    {
        var text = $"smoke test {Guid.NewGuid():N}";
        (await WriteAsync(session, text)).ExpectStatus(201);
        (await session.GetAsync("/notes")).ExpectStatus(200).ExpectText(text);
    }

    private static async Task<CheckAnswer> WriteAsync(CheckSession session, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/notes") { Content = new StringContent(text) };
        return await session.SendAsync(request);
    }
}
