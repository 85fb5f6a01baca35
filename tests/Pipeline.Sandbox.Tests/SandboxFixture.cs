using Pipeline.Testing;

namespace Pipeline.Sandbox.Tests;

/// <summary>One sandbox in test mode for all tests of a class.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory folder = new();

    internal SandboxProcess Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Sandbox = await SandboxProcess.StartAsync(folder.Path);

    public ValueTask DisposeAsync()
    {
        Sandbox.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
