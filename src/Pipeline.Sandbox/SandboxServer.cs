using System.Net;
using System.Net.Sockets;
using Pipeline.Sandbox.Arguments;
using Pipeline.Sandbox.Inbox;
using Pipeline.Sandbox.Mail;
using Pipeline.Sandbox.Payments;
using Pipeline.Sandbox.Smtp;
using Pipeline.Sandbox.Storage;

namespace Pipeline.Sandbox;

/// <summary>The running program.</summary>
internal static class SandboxServer
{
    private const int LargestRequest = 64 * 1024;

    /// <summary>Serves until SIGTERM or SIGINT; returns the exit code.</summary>
    public static async Task<int> RunAsync(SandboxOptions options)
    {
        var taken = Unavailable("--http", options.Http).Concat(Unavailable("--smtp", options.Smtp)).ToArray();
        foreach (var fault in taken)
            await Console.Error.WriteLineAsync($"sandbox: {fault}");
        if (taken.Length > 0)
            return ExitCode.Failed;
        try
        {
            using var data = DataFolder.Hold(options.DataFolder);
            await using var application = Build(options, data);
            await application.StartAsync();
            await AnnounceAsync(application, options);
            await application.WaitForShutdownAsync();
            return ExitCode.Done;
        }
        catch (Exception broken) when (broken is IOException or SocketException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"sandbox: {broken.Message}");
            return ExitCode.Failed;
        }
    }

    /// <summary>Tries each address first, so that both faults are told at once.</summary>
    private static IEnumerable<string> Unavailable(string option, IPEndPoint address)
    {
        var fault = "";
        try
        {
            using var trial = new TcpListener(address);
            trial.Start();
        }
        catch (SocketException refused)
        {
            fault = refused.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"{option} {address} is taken; stop the program that listens there or choose another port"
                : $"{option} {address} cannot be listened on ({refused.Message}); choose another address";
        }
        if (fault.Length > 0)
            yield return fault;
    }

    private static WebApplication Build(SandboxOptions options, DataFolder data)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
            (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "yyyy-MM-ddTHH:mm:ssZ ", true));
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.UseUrls().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            kestrel.Listen(options.Http);
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = StoredJson.Options.DefaultIgnoreCondition;
            foreach (var converter in StoredJson.Options.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        builder.Services.AddSingleton(options).AddSingleton(data).AddSingleton(TimeProvider.System)
            .AddSingleton<MailStore>().AddSingleton<ChargeStore>().AddSingleton<SmtpListener>()
            .AddSingleton<PaymentEndpoints>().AddSingleton<MailEndpoints>().AddSingleton<InboxEndpoints>()
            .AddHostedService(services => services.GetRequiredService<SmtpListener>());
        var application = builder.Build();
        application.MapGet("/health", () => Results.Text("healthy"));
        application.Services.GetRequiredService<PaymentEndpoints>().Map(application);
        application.Services.GetRequiredService<MailEndpoints>().Map(application);
        application.Services.GetRequiredService<InboxEndpoints>().Map(application);
        return application;
    }

    private static async Task AnnounceAsync(WebApplication application, SandboxOptions options)
    {
        var smtp = application.Services.GetRequiredService<SmtpListener>().Address;
        var mode = options.Mode == PaymentMode.Test ? "test" : "live";
        await Console.Out.WriteLineAsync(
            $"sandbox: payments and inbox at {application.Urls.Single()}, mail at smtp://{smtp}, {mode} keys, data in {options.DataFolder}");
        if (Environment.GetEnvironmentVariable("PIPELINE_READY_FILE") is { Length: > 0 } ready)
            await File.WriteAllTextAsync(ready, "ready");
    }
}
