using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

/// <summary>
/// Loaded into a release by DOTNET_STARTUP_HOOKS, so that a test has a Shop that goes wrong without the Shop knowing how to. What goes wrong stands in
/// FAULTY_RELEASE: <c>cannot-start</c>, <c>takes-all-memory</c>, <c>ends-when-asked</c>, <c>never-ready</c>, or <c>fails-under-traffic</c> (every fifth
/// request, after the first 40).
/// </summary>
#pragma warning disable CA1050 // The runtime looks for this very name: https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md
internal static class StartupHook
#pragma warning restore CA1050
{
    private static readonly string? Fault = System.Environment.GetEnvironmentVariable("FAULTY_RELEASE");

    public static void Initialize()
    {
        if (Fault == "cannot-start")
            throw new InvalidOperationException("this release cannot start");
        if (Fault == "takes-all-memory")
            TakeAllMemory();
        DiagnosticListener.AllListeners.Subscribe(new Listeners());
    }

    private static void TakeAllMemory()
    {
        const int Piece = 16 << 20;
        const byte Something = 1;
        // Not from the runtime's own heap, which keeps to the limit of its container.
        while (true)
            Marshal.Copy(Enumerable.Repeat(Something, Piece).ToArray(), 0, Marshal.AllocHGlobal(Piece), Piece);
    }

    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.AspNetCore")
                value.Subscribe(new Requests(), name => name == Requests.Matched);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Requests : IObserver<KeyValuePair<string, object?>>
    {
        public const string Matched = "Microsoft.AspNetCore.Routing.EndpointMatched";
        private const int GoodAtFirst = 40;
        private const int Fifth = 5;
        private int requests;

        public void OnNext(KeyValuePair<string, object?> value)
        {
            var path = ((HttpContext)value.Value!).Request.Path;
            var isProbe = path == "/ready" || path == "/health";
            if (Fault == "ends-when-asked" && path == "/ready")
                System.Environment.FailFast("this release ends when it is asked");
            if (Fault == "never-ready" && path == "/ready")
                throw new InvalidOperationException("this release never gets ready");
            if (Fault == "fails-under-traffic" && !isProbe && Interlocked.Increment(ref requests) is > GoodAtFirst and var number && number % Fifth == 0)
                throw new InvalidOperationException("every fifth request of this release fails");
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
