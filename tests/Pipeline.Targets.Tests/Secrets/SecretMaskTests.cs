using Cake.Frosting;
using Pipeline.Targets.Output;
using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.Secrets;

/// <summary>Services that learn of secrets outside of a target mask them as well.</summary>
public sealed class SecretMaskTests
{
    [Fact]
    public void A_service_masks_what_it_learns()
    {
        using var run = new TestRun(typeof(Tells));
        Assert.Equal(0, run.Run("--target", "Tells"));
        Assert.Contains("it is ***", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("learned-from-a-vault", run.Out + run.RunFile("run.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_runner_is_told_of_each_secret_once()
    {
        using var run = new TestRun(typeof(Tells)) { Devices = new ConsoleDevices(TextWriter.Null, TextWriter.Null) { IsGitHub = true } };
        Assert.Equal(0, run.Run("--target", "Tells"));
        var told = run.Out.Split('\n').Where(line => line.StartsWith("::add-mask::", StringComparison.Ordinal)).ToArray();
        Assert.Equal("::add-mask::learned-from-a-vault", run.Out.Split('\n')[0]);
        Assert.Equal(told.Distinct(), told);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void A_runner_is_told_each_line_and_the_forms_it_does_not_know_and_nothing_that_is_everywhere()
    {
        using var run = new TestRun(typeof(TellsKey)) { Devices = new ConsoleDevices(TextWriter.Null, TextWriter.Null) { IsGitHub = true } };
        Assert.Equal(0, run.Run("--target", "TellsKey"));
        var told = run.Out.Split('\n').Where(line => line.StartsWith("::add-mask::", StringComparison.Ordinal)).Select(line => line["::add-mask::".Length..]).ToArray();
        Assert.Contains("\"first\": \"a+b/c 50%25 é>>\"", told);
        Assert.Contains("%2522first%2522%253a+%2522a%252bb%252fc+50%2525+%25c3%25a9%253e%253e%2522", told);
        Assert.Contains("second-line", told);
        Assert.DoesNotContain(told, value => value.Trim().Length < 4);
        Assert.True(run.Out.IndexOf("::add-mask::second-line", StringComparison.Ordinal) < run.Out.IndexOf("knows", StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_that_is_too_short_to_be_masked_is_named_and_not_shown()
    {
        using var run = new TestRun(typeof(TellsTooLittle));
        Assert.Equal(1, run.Run("--target", "TellsTooLittle"));
        Assert.Contains("the key of the vault has fewer than 4 characters and cannot be masked; use a longer one", run.Out, StringComparison.Ordinal);
    }

    [TaskName("Tells")]
    public sealed class Tells(SecretMask mask) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            mask.Mask("learned-from-a-vault", "the key of the vault");
            mask.Mask("learned-from-a-vault", "the key of the vault");
            context.Say("it is learned-from-a-vault");
            return Task.CompletedTask;
        }
    }

    [TaskName("TellsTooLittle")]
    public sealed class TellsTooLittle(SecretMask mask) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            mask.Mask("abc", "the key of the vault");
            return Task.CompletedTask;
        }
    }

    private sealed class TellsKey(SecretMask mask) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            mask.Mask("{\n\"first\": \"a+b/c 50% é>>\"\r\nsecond-line\n}\n\n", "a key");
            context.Say("knows");
            return Task.CompletedTask;
        }
    }
}
