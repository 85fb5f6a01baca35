using System.Collections.Concurrent;

namespace Pipeline.Supervision.Tests;

/// <summary>Several users that ask a port one connection after the other, and everything that went wrong for them.</summary>
internal sealed class Asking : IDisposable
{
    private const int Users = 4;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<string> answers = new();
    private readonly Task[] users;

    internal Asking(int port) => users = [.. Enumerable.Range(0, Users).Select(_ => Task.Run(() => AskAsync(port)))];

    internal ConcurrentQueue<string> Faults { get; } = new();

    internal Task SomeMoreAsync()
    {
        var wanted = answers.Count + 100;
        return Eventually.HoldsAsync(() => answers.Count >= wanted || !Faults.IsEmpty, "a hundred more were answered");
    }

    internal async Task<IReadOnlyList<string>> EndAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(users);
        return [.. answers];
    }

    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    private async Task AskAsync(int port)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var answer = await Stage.AskAsync(port);
                if (answer.Length == 0)
                    Faults.Enqueue("an empty answer");
                answers.Enqueue(answer);
            }
            catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException)
            {
                Faults.Enqueue(fault.Message);
            }
        }
    }
}
