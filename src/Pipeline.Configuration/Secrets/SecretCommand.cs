using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Pipeline.Configuration.Secrets;

/// <summary>Runs a program that writes a secret. Neither what it writes nor what it complains of is kept anywhere: either may hold the secret.</summary>
internal sealed class SecretCommand(SecretSource source, TimeSpan limit, TimeProvider time)
{
    private const int LongestSecret = 64 * 1024;

    /// <exception cref="SecretSourceException">The program is missing, failed, took too long, or wrote too much.</exception>
    public async Task<string> RunAsync(CancellationToken cancellation)
    {
        using var process = Start();
        using var tooLong = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooLong.Token);
        try
        {
            process.StandardInput.Close();
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, stop.Token);
            var output = await ReadAsync(process.StandardOutput.BaseStream, stop.Token);
            await process.WaitForExitAsync(stop.Token);
            await complaints;
            return process.ExitCode == 0
                ? output
                : throw new SecretSourceException($"{source} ended with exit code {process.ExitCode}; run it in a terminal to see what it says");
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new SecretSourceException($"{source} did not end within {limit.TotalSeconds:0} s; run it in a terminal: it may be waiting for a password");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            var line = ArgumentLine.Split(source.Argument);
            if (line.Count == 0)
                throw new SecretSourceException($"{source} names no program; write one behind it, such as command:pass show shop/payment");
            start.FileName = line[0];
            foreach (var argument in line.Skip(1))
                start.ArgumentList.Add(argument);
            return Process.Start(start) ?? throw new SecretSourceException($"{source} did not start; run it in a terminal to see what it says");
        }
        catch (FormatException malformed)
        {
            throw new SecretSourceException($"{source} cannot be split into arguments: {malformed.Message}; close it", malformed);
        }
        catch (Win32Exception missing)
        {
            throw new SecretSourceException($"{source} cannot be started ({missing.Message}); install the program or correct its name", missing);
        }
    }

    private async Task<string> ReadAsync(Stream output, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while ((count = await output.ReadAsync(buffer, cancellation)) > 0)
        {
            if (content.Length + count > LongestSecret)
                throw new SecretSourceException($"{source} wrote more than {LongestSecret / 1024} KiB, which is no secret; name a command that writes the value alone");
            await content.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content.ToArray());
        }
        catch (DecoderFallbackException)
        {
            throw new SecretSourceException($"{source} wrote bytes that are not UTF-8; let it encode the value, as base64 for instance");
        }
    }
}
