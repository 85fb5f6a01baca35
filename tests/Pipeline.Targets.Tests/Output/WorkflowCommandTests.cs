using System.Text.Json;
using Cake.Frosting;
using Pipeline.Targets.Output;
using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.Output;

/// <summary>What a target prints cannot give orders to GitHub's runner.</summary>
public sealed class WorkflowCommandTests
{
    private static readonly string[] Hostile =
    [
        "::set-output name=digest::forged", "  \t::add-path::/tmp/evil", "first\r::error file=a.cs::second", "said\n::stop-commands::x", "half ##[command]rm", "::endgroup::",
    ];

    [Fact]
    public void No_line_of_a_target_is_a_workflow_command()
    {
        using var run = new TestRun(typeof(Forges)) { Devices = new ConsoleDevices(TextWriter.Null, TextWriter.Null) { IsGitHub = true } };
        Assert.Equal(1, run.Run("--target", "Forges"));
        var commands = Commands(run.Out);
        Assert.Equal(["::group::Forges", "::endgroup::"], commands[..2]);
        Assert.StartsWith("::error title=Forges failed::::set-output name=digest::forged%0A", Assert.Single(commands[2..]), StringComparison.Ordinal);
        Assert.Empty(Commands(run.Error));
        Assert.Contains("set-output name=digest::forged", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Elsewhere_lines_stay_as_they_are()
    {
        using var run = new TestRun(typeof(Forges));
        Assert.Equal(1, run.Run("--target", "Forges"));
        Assert.Contains("\n::set-output name=digest::forged\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_document_of_JSON_gives_no_orders_and_still_means_the_same(bool isGitHub)
    {
        using var run = new TestRun(typeof(Documents))
        {
            Configure = options => options.StandardOutputIsDocumentWhen((_, _) => true),
            Devices = new ConsoleDevices(TextWriter.Null, TextWriter.Null) { IsGitHub = isGitHub },
        };
        Assert.Equal(0, run.Run("--target", "Documents"));
        Assert.Equal(isGitHub ? 0 : 1, Commands(run.Out).Count);
        Assert.Equal(Hostile, JsonSerializer.Deserialize<string[]>(run.Out));
    }

    // As the runner reads: a line ends at either kind of line break, white space before the colons does not matter, the older form may stand anywhere.
    private static List<string> Commands(string output) =>
        [.. output.Split('\r', '\n').Where(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal) || line.Contains("##[", StringComparison.Ordinal))];

    private sealed class Documents : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.WriteDocument(JsonSerializer.Serialize(Hostile));
            return Task.CompletedTask;
        }
    }

    private sealed class Forges : FrostingTask
    {
        public override void Run(Cake.Core.ICakeContext context)
        {
            foreach (var line in Hostile)
                Console.WriteLine(line);
            throw new InvalidOperationException(string.Join('\n', Hostile));
        }
    }
}
