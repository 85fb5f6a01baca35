using Pipeline.Configuration.Secrets;
using Pipeline.Testing;

namespace Pipeline.Configuration.Tests.Secrets;

public sealed class SecretReaderTests
{
    private readonly List<string> masked = [];

    private SecretReader Reader => new(name => name == "SHOP_VAULT" ? "from the variable" : null, masked.Add, TimeProvider.System) { CommandLimit = TimeSpan.FromSeconds(20) };

    [Fact]
    public async Task A_value_that_names_no_source_is_the_secret_itself()
    {
        Assert.Equal("postgres://a:b@c/d", await ReadAsync("postgres://a:b@c/d"));
        Assert.Empty(masked);
    }

    [Fact]
    public async Task A_secret_comes_from_a_variable_a_file_or_a_command_and_is_masked()
    {
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(folder.Combine("secret"), "from the file\n", TestContext.Current.CancellationToken);
        Assert.Equal("from the variable", await ReadAsync("env:SHOP_VAULT"));
        Assert.Equal("from the file", await ReadAsync($"file:{folder.Combine("secret")}"));
        Assert.Equal("from the command", await ReadAsync("command:printf '%s %s\\n' from 'the command'"));
        Assert.Equal(["from the variable", "from the file", "from the command"], masked);
    }

    [Fact]
    public async Task No_shell_sees_a_command() => Assert.Equal("$HOME `id` | cat; > x", await ReadAsync("command:printf %s \"$HOME `id` | cat; > x\""));

    [Fact]
    public async Task A_secret_of_several_lines_keeps_them_all() => Assert.Equal("one\ntwo", await ReadAsync("command:printf 'one\\ntwo\\n'"));

    [Fact]
    public async Task A_source_is_asked_once()
    {
        using var folder = new TemporaryDirectory();
        var reader = Reader;
        var command = $"command:sh -c 'echo asked >> \"{folder.Combine("count")}\"; echo secret'";
        var secrets = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => reader.ReadAsync(command, TestContext.Current.CancellationToken)));
        Assert.All(secrets, secret => Assert.Equal("secret", secret));
        Assert.Single(await File.ReadAllLinesAsync(folder.Combine("count"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("env:ABSENT", "env:ABSENT names an environment variable that is not set; set ABSENT")]
    [InlineData("file:/does/not/exist", "file:/does/not/exist names a file that is missing; put the value there, or correct the path")]
    [InlineData("file:/", "file:/ names a file that cannot be read; let this user read it, or correct the path")]
    [InlineData("file:/dev/null", "file:/dev/null gives nothing; put a value there")]
    [InlineData("command:", "command: names no program; write one behind it, such as command:pass show shop/payment")]
    [InlineData("command:echo 'x", "command:echo 'x cannot be split into arguments: the quote ' at character 6 is never closed; close it")]
    [InlineData("command:echo abc", "command:echo abc gives fewer than 4 characters, which cannot be masked; use a longer secret")]
    [InlineData("command:sh -c 'echo hunter2; echo hunter2 >&2; exit 3'", "command:sh -c 'echo hunter2; echo hunter2 >&2; exit 3' ended with exit code 3; run it in a terminal to see what it says")]
    [InlineData("command:head -c 70000 /dev/zero", "command:head -c 70000 /dev/zero wrote more than 64 KiB, which is no secret; name a command that writes the value alone")]
    [InlineData("command:printf '\\377\\376\\375\\374'", "command:printf '\\377\\376\\375\\374' wrote bytes that are not UTF-8; let it encode the value, as base64 for instance")]
    public async Task A_source_that_gives_no_secret_is_named_with_its_remedy(string source, string message)
    {
        var refusal = await Assert.ThrowsAsync<SecretSourceException>(() => ReadAsync(source));
        Assert.Equal(message, refusal.Message);
        Assert.Empty(masked);
    }

    [Fact]
    public async Task A_program_that_is_missing_is_named()
    {
        var refusal = await Assert.ThrowsAsync<SecretSourceException>(() => ReadAsync("command:no-such-program-here read"));
        Assert.StartsWith("command:no-such-program-here read cannot be started (", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("); install the program or correct its name", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_ended_with_all_it_started()
    {
        using var folder = new TemporaryDirectory();
        var reader = new SecretReader(_ => null, masked.Add, TimeProvider.System) { CommandLimit = TimeSpan.FromSeconds(1) };
        var source = $"command:sh -c 'sleep 300 & echo $! > \"{folder.Combine("child")}\"; wait'";
        var refusal = await Assert.ThrowsAsync<SecretSourceException>(() => reader.ReadAsync(source, TestContext.Current.CancellationToken));
        Assert.Equal($"{source} did not end within 1 s; run it in a terminal: it may be waiting for a password", refusal.Message);
        var child = (await File.ReadAllTextAsync(folder.Combine("child"), TestContext.Current.CancellationToken)).Trim();
        await Eventually.HoldsAsync(() => !File.Exists($"/proc/{child}/cmdline") || File.ReadAllText($"/proc/{child}/cmdline").Length == 0, "the child is gone");
    }

    private Task<string> ReadAsync(string value) => Reader.ReadAsync(value, TestContext.Current.CancellationToken);
}
