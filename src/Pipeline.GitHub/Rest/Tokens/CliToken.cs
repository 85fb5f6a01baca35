using System.ComponentModel;
using System.Diagnostics;

namespace Pipeline.GitHub.Rest;

/// <summary>The token of the person who is signed in with GitHub's command line: <c>gh auth token</c>, https://cli.github.com/manual/gh_auth_token.</summary>
/// <param name="host">The host that is spoken to, such as <c>github.com</c>.</param>
/// <param name="program">The program, <c>gh</c>.</param>
public sealed class CliToken(string host, string program = "gh") : IGitHubToken
{
    private string? token;

    /// <summary>How long the program may take; it may ask a key ring that waits for somebody. 30 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public string Origin => $"gh auth token --hostname {host}";

    /// <inheritdoc />
    /// <exception cref="GitHubException">The program is not there, does not answer in time, or nobody is signed in.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellation) => token ??= await AskAsync(cancellation);

    private async Task<string> AskAsync(CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["auth", "token", "--hostname", host]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var late = new CancellationTokenSource(Timeout);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
            await using var ending = either.Token.Register(() => process.Kill(entireProcessTree: true));
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = (await process.StandardOutput.ReadToEndAsync(CancellationToken.None)).Trim();
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            if (late.IsCancellationRequested)
                throw new GitHubException(GitHubFault.Unavailable, $"{Origin} did not answer within {Timeout.TotalSeconds:0.###} s; run it in a terminal to see what it waits for, or set GITHUB_TOKEN");
            return process.ExitCode == 0 && output.Length > 0
                ? output
                : throw new GitHubException(GitHubFault.Unauthorized, $"{Origin} ended with {process.ExitCode}: {(await error).Trim()}; sign in with gh auth login --hostname {host}, or set GITHUB_TOKEN");
        }
        catch (Win32Exception missing)
        {
            throw new GitHubException(GitHubFault.Unauthorized, $"no token for {host}: GITHUB_TOKEN is not set, and {program} is not to be had ({missing.Message}); set the one, or install the other and sign in", missing);
        }
    }
}
