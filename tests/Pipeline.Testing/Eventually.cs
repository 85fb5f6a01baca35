using System.Diagnostics;

namespace Pipeline.Testing;

/// <summary>Waits for what happens in another process.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? atMost = null)
    {
        var limit = atMost ?? TimeSpan.FromSeconds(30);
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit)
                Assert.Fail($"after {limit.TotalSeconds:0} s it still did not hold: {what}");
            await Task.Delay(Pause);
        }
    }

    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? atMost = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, atMost);
}
