using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.Evidence;

/// <summary>When evidence holds, when it does not, and how each reason reads.</summary>
public sealed class EvidenceTests
{
    private static readonly Parameter<string> Flavour = new("flavour", "Which") { Default = "vanilla" };
    private static int runs;
    private static string world = "";

    public EvidenceTests()
    {
        runs = 0;
        world = "";
    }

    [Fact]
    public void A_result_survives_from_run_to_run()
    {
        using var run = Program();
        Assert.Equal(0, run.Run("--target", "Uses"));
        Assert.Equal(0, run.Run("--target", "Uses"));
        Assert.Equal(1, runs);
        Assert.Contains("= Makes  unchanged since 2026-01-31 12:00 UTC by ", run.Out, StringComparison.Ordinal);
        Assert.Contains("got cake of vanilla, 3 layers", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input changed: recipe.txt", "recipe.txt", "more sugar", "")]
    [InlineData("new input: notes/new.txt", "notes/new.txt", "hm", "")]
    [InlineData("parameter changed: flavour vanilla -> nut", "", "", "--flavour nut")]
    public void What_changed_is_named(string reason, string file, string text, string arguments)
    {
        using var run = Program();
        run.Run("--target", "Makes");
        if (file.Length > 0)
            run.Write(file, text);
        Assert.Equal(0, run.Run(["--target", "Makes", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        Assert.Contains($"✓ Makes  0.0 s ({reason})", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, runs);
    }

    [Fact]
    public void A_removed_input_is_named()
    {
        using var run = Program();
        run.Write("notes/old.txt", "old");
        run.Run("--target", "Makes");
        File.Delete(Path.Combine(run.Folder, "notes", "old.txt"));
        run.Run("--target", "Makes");
        Assert.Contains("✓ Makes  0.0 s (input removed: notes/old.txt)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Going_back_to_earlier_inputs_finds_their_evidence()
    {
        using var run = Program();
        run.Run("--target", "Makes");
        run.Write("recipe.txt", "more sugar");
        run.Run("--target", "Makes");
        run.Write("recipe.txt", "sugar");
        run.Run("--target", "Makes");
        Assert.Equal(2, runs);
        Assert.Contains("= Makes", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--force")]
    [InlineData("--force Makes")]
    [InlineData("--force Uses,Makes")]
    [InlineData("--force makes --force Uses")]
    public void Force_runs_what_it_names(string arguments)
    {
        using var run = Program();
        run.Run("--target", "Uses");
        Assert.Equal(0, run.Run(["--target", "Uses", .. arguments.Split(' ')]));
        Assert.Contains("✓ Makes  0.0 s (forced)", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, runs);
    }

    [Theory]
    [InlineData("{", "it cannot be read (")]
    [InlineData("{\"schema\": 99}", "it has schema 99, but this program reads up to 1; a newer program wrote it")]
    [InlineData("[]", "it cannot be read (")]
    [InlineData("{\"schema\": 1}", "it cannot be read (")]
    public void Evidence_that_cannot_be_understood_is_ignored_by_name(string text, string reason)
    {
        using var run = Program();
        run.Run("--target", "Makes");
        var file = EvidenceFile(run);
        File.WriteAllText(file, text);
        Assert.Equal(0, run.Run("--target", "Makes"));
        Assert.Contains($"warning: evidence evidence/Makes/{Path.GetFileName(file)} is ignored: {reason}", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, runs);
    }

    [Fact]
    public void Evidence_whose_inputs_were_edited_does_not_pass()
    {
        using var run = Program();
        run.Run("--target", "Makes");
        var json = JsonNode.Parse(File.ReadAllText(EvidenceFile(run)))!;
        json["inputs"]!["file:recipe.txt"] = "0000";
        File.WriteAllText(EvidenceFile(run), json.ToJsonString());
        run.Run("--target", "Makes");
        Assert.Contains("is ignored: its inputs are not those of its name; delete it", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, runs);
    }

    [Fact]
    public void Evidence_of_another_target_does_not_pass()
    {
        using var run = Program();
        run.Run("--target", "Makes");
        File.WriteAllText(EvidenceFile(run), File.ReadAllText(EvidenceFile(run)).Replace("\"Makes\"", "\"Bakes\"", StringComparison.Ordinal));
        run.Run("--target", "Makes");
        Assert.Equal(2, runs);
    }

    [Fact]
    public void A_file_holds_nothing_of_the_machine_that_counts()
    {
        using var run = Program();
        run.Run("--target", "Makes");
        var json = JsonDocument.Parse(File.ReadAllText(EvidenceFile(run))).RootElement;
        Assert.Equal(["schema", "target", "fingerprint", "finishedAt", "seconds", "who", "where", "commit", "result", "inputs"], json.EnumerateObject().Select(property => property.Name));
        Assert.DoesNotContain(run.Folder, json.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["file:recipe.txt", "parameter:flavour"], json.GetProperty("inputs").EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"what":"cake of vanilla","layers":3}""", json.GetProperty("result").GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("cakeofvanilla", "cake of vanilla", StringComparison.Ordinal));
    }

    [Fact]
    public void A_target_that_observes_the_world_decides_for_itself()
    {
        using var run = Program();
        Assert.Equal(0, run.Run("--target", "Deploys"));
        Assert.Contains("✓ Deploys  0.0 s (the world is empty)", run.Out, StringComparison.Ordinal);
        Assert.Equal(0, run.Run("--target", "Deploys"));
        Assert.Contains("= Deploys  cake of vanilla runs since noon", run.Out, StringComparison.Ordinal);
        world = "";
        Assert.Equal(0, run.Run("--target", "Deploys", "--plan"));
        Assert.Contains("run   Deploys  the world is empty", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_whose_result_taken_changed_runs_again()
    {
        using var run = Program();
        run.Run("--target", "Uses");
        run.Run("--target", "Uses", "--flavour", "nut");
        Assert.Contains("✓ Uses  0.0 s (result changed: Makes)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_change_during_the_run_leave_no_evidence()
    {
        using var run = new TestRun(typeof(Edits));
        run.Write("recipe.txt", "sugar");
        Assert.Equal(0, run.Run("--target", "Edits"));
        Assert.Contains("warning: Edits leaves no evidence: its inputs changed while it ran (input changed: recipe.txt)", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run.Folder, ".pipeline", "evidence", "Edits")));
    }

    [Fact]
    public void A_result_that_is_no_JSON_is_told_and_leaves_no_evidence()
    {
        using var run = new TestRun(typeof(Strange));
        Assert.Equal(0, run.Run("--target", "Strange"));
        Assert.Contains("warning: Strange: its result of type IntPtr cannot be written as JSON (", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void State_lives_where_PIPELINE_HOME_says()
    {
        using var run = Program();
        run.Variables["PIPELINE_HOME"] = "elsewhere";
        Assert.Equal(0, run.Run("--target", "Makes"));
        Assert.True(Directory.Exists(Path.Combine(run.Folder, "elsewhere", "evidence", "Makes")));
        Assert.False(Directory.Exists(Path.Combine(run.Folder, ".pipeline")));
    }

    [Fact]
    public void A_result_read_too_early_says_so()
    {
        var makes = new Makes();
        Assert.Equal(
            "the result of Makes was read before Makes finished; take Makes in the constructor of the target that reads it, and read it inside RunAsync",
            Assert.Throws<InvalidOperationException>(() => makes.Result).Message);
    }

    private static string EvidenceFile(TestRun run) => Directory.GetFiles(Path.Combine(run.Folder, ".pipeline", "evidence", "Makes")).Single();

    private static TestRun Program()
    {
        var run = new TestRun(typeof(Makes), typeof(Uses), typeof(Deploys)) { Configure = options => options.Add(Flavour) };
        run.Write("recipe.txt", "sugar");
        return run;
    }

    public sealed record CakeMade(string What, int Layers);

    public sealed class Makes : Target<CakeMade>
    {
        protected override void DeclareInputs(Inputs inputs) => inputs.Files("recipe.txt", "notes/*.txt").Parameter(Flavour);

        protected override Task<CakeMade> RunAsync(TargetContext context, CancellationToken cancellation)
        {
            runs++;
            return Task.FromResult(new CakeMade($"cake of {context.Get(Flavour)}", 3));
        }
    }

    public sealed class Uses(Makes makes) : Target
    {
        protected override void DeclareInputs(Inputs inputs) => inputs.Value("kind", "user");

        protected override EvidenceUse EvidenceUse => makes.Result.Layers > 100 ? EvidenceUse.None : runs > 1 ? EvidenceUse.Reuse : EvidenceUse.Record;

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Say($"got {makes.Result.What}, {makes.Result.Layers} layers");
            return Task.CompletedTask;
        }
    }

    public sealed class Deploys(Makes makes) : Target<string>
    {
        protected override Task<Recall<string>> RecallAsync(TargetContext context, FoundEvidence<string>? evidence, CancellationToken cancellation) =>
            Task.FromResult(world == makes.Result.What ? Recall<string>.Hold(world, $"{world} runs since noon") : Recall<string>.Run("the world is empty"));

        protected override Task<string> RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult(world = makes.Result.What);
    }

    public sealed class Edits : Target
    {
        protected override void DeclareInputs(Inputs inputs) => inputs.Files("recipe.txt");

        protected override async Task RunAsync(TargetContext context, CancellationToken cancellation) =>
            await File.AppendAllTextAsync(Path.Combine(context.WorkingDirectory, "recipe.txt"), "more", cancellation);
    }

    public sealed class Strange : Target<nint>
    {
        protected override void DeclareInputs(Inputs inputs) => inputs.Value("a", "b");

        protected override Task<nint> RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult((nint)1);
    }
}
