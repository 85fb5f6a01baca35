using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Engines.Tests.Processes;

/// <summary>The tests' server, unpacked where the build put it.</summary>
internal sealed class ListenerApplication : IApplicationFiles
{
    public Task<ApplicationFiles> UnpackAsync(Digest digest, CancellationToken cancellation) => Task.FromResult(new ApplicationFiles(
        AppContext.BaseDirectory, ["dotnet", Path.Combine(AppContext.BaseDirectory, "Pipeline.Testing.Listener.dll")],
        new Dictionary<string, string> { ["NAME"] = "from the image", ["PATH"] = "/only/in/the/image" }, AppContext.BaseDirectory));
}
