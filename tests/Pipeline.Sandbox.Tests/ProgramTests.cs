using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.Sandbox.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task Every_wrong_argument_is_named()
    {
        var (exitCode, _, error) = await SandboxProcess.RunToEndAsync("--http", "localhost", "--smtp=::1", "--mode", "tset", "--port", "1", "--mode", "live", "--data");

        Assert.Equal(2, exitCode);
        Assert.Equal(
            """
            sandbox: --port is no option; there are --http, --smtp, --mode, --data and --help
            sandbox: --mode is given twice; keep one
            sandbox: --http is 'localhost', which is no IP address with a port; write it as 127.0.0.1:8025 or [::1]:8025
            sandbox: --smtp is '::1', which is no IP address with a port; write it as 127.0.0.1:8025 or [::1]:8025
            sandbox: --mode is 'tset'; write test or live
            sandbox: --data has no value; write it after the option

            """.ReplaceLineEndings("\n"),
            error);
    }

    [Fact]
    public async Task Without_arguments_it_says_what_is_missing()
    {
        var (exitCode, _, error) = await SandboxProcess.RunToEndAsync();

        Assert.Equal(2, exitCode);
        Assert.Equal(["--http", "--smtp", "--mode", "--data"], error.Trim().Split('\n').Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task Help_is_shown()
    {
        var (exitCode, output, _) = await SandboxProcess.RunToEndAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("usage: Pipeline.Sandbox --http ADDRESS:PORT", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_that_are_taken_are_both_named()
    {
        using var folder = new TemporaryDirectory();
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();

        var (exitCode, _, error) = await SandboxProcess.RunToEndAsync(
            "--http", $"{first.LocalEndpoint}", "--smtp", $"{second.LocalEndpoint}", "--mode", "test", "--data", folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"sandbox: --http {first.LocalEndpoint} is taken; stop the program that listens there or choose another port\n"
            + $"sandbox: --smtp {second.LocalEndpoint} is taken; stop the program that listens there or choose another port\n",
            error);
    }

    [Fact]
    public async Task A_second_sandbox_on_the_same_data_is_refused()
    {
        using var folder = new TemporaryDirectory();
        using var first = await SandboxProcess.StartAsync(folder.Path);

        var (exitCode, _, error) = await SandboxProcess.RunToEndAsync("--http", "127.0.0.1:0", "--smtp", "127.0.0.1:0", "--mode", "test", "--data", folder.Path);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"sandbox: --data {folder.Path} is in use by another sandbox", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await SandboxProcess.RunToEndAsync("--http", "127.0.0.1:0", "--smtp", "127.0.0.1:0", "--mode", "test", "--data", file);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"sandbox: --data {file} cannot be made", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mails_and_charges_outlive_a_restart()
    {
        using var folder = new TemporaryDirectory();
        string charge;
        using (var first = await SandboxProcess.StartAsync(folder.Path))
        {
            using var client = await Conversation.BeginAsync(first);
            Assert.Equal("250 stored as mail 1", await client.MailAsync("kept@example.org", "Subject: kept\r\n\r\n.\r\n"));
            charge = await ChargeAsync(first);
        }
        using var second = await SandboxProcess.StartAsync(folder.Path);

        var mails = await second.Http.GetFromJsonAsync<JsonElement[]>("/mail", TestContext.Current.CancellationToken);
        Assert.Equal("kept", Assert.Single(mails!).GetProperty("subject").GetString());
        Assert.Equal(charge, await ChargeAsync(second));
        using var again = await Conversation.BeginAsync(second);
        Assert.Equal("250 stored as mail 2", await again.MailAsync("kept@example.org", "Subject: next\r\n\r\n.\r\n"));
    }

    [Fact]
    public async Task Only_the_last_thousand_mails_are_kept()
    {
        using var folder = new TemporaryDirectory();
        using var sandbox = await SandboxProcess.StartAsync(folder.Path);
        using var client = await Conversation.BeginAsync(sandbox);

        for (var batch = 0; batch < 10; batch++)
        {
            var mails = Enumerable.Repeat("MAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n.\r\n", 101);
            await client.SendAsync(string.Concat(mails));
            for (var reply = 0; reply < 404; reply++)
                Assert.Matches("^(250|354) ", await client.ReplyAsync());
        }

        var kept = await sandbox.Http.GetFromJsonAsync<JsonElement[]>("/mail", TestContext.Current.CancellationToken);
        Assert.Equal((1000, 1010, 11), (kept!.Length, kept[0].GetProperty("id").GetInt32(), kept[^1].GetProperty("id").GetInt32()));
        Assert.Equal(2000, Directory.GetFiles(folder.Combine("mail")).Length);
    }

    [Fact]
    public async Task It_ends_cleanly_when_asked_to_even_while_a_client_talks()
    {
        using var folder = new TemporaryDirectory();
        using var sandbox = await SandboxProcess.StartAsync(folder.Path);
        using var client = await Conversation.BeginAsync(sandbox);

        var ended = sandbox.TerminateAsync();

        Assert.Equal("421 the sandbox is stopping", await client.ReplyAsync());
        Assert.Equal(0, await ended);
    }

    [Fact]
    public async Task It_says_that_it_is_alive()
    {
        using var folder = new TemporaryDirectory();
        using var sandbox = await SandboxProcess.StartAsync(folder.Path);

        Assert.Equal("healthy", await sandbox.Http.GetStringAsync("/health", TestContext.Current.CancellationToken));
    }

    private static async Task<string> ChargeAsync(SandboxProcess sandbox)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/charges") { Content = JsonContent.Create(new { amount = 5, currency = "EUR", reference = "kept" }) };
        request.Headers.Add("Authorization", "Bearer test_1");
        request.Headers.Add("Idempotency-Key", "kept");
        using var answer = await sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
