using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Frosting;
using Pipeline.Targets.Output;
using Pipeline.Targets.Tests.Running;
using Path = System.IO.Path;

namespace Pipeline.Targets.Tests.Secrets;

/// <summary>Random secrets in all their forms, written wherever a target can write: none of it is in anything that the run leaves.</summary>
public sealed class EverySink
{
    private const int Rounds = 40;

    public static TheoryData<string, int> Styles => new() { { "plain", 1000 }, { "colour", 2000 }, { "GitHub", 3000 }, { "document", 4000 } };

    [Theory]
    [MemberData(nameof(Styles))]
    public void Nothing_that_a_run_shows_or_keeps_has_a_secret_in_it(string style, int firstSeed)
    {
        for (var seed = firstSeed; seed < firstSeed + Rounds; seed++)
        {
            var secret = KnownForms.Secret(new Random(seed));
            Told.Secret = secret;
            Told.Random = new Random(seed);
            using var run = new TestRun(typeof(Told), typeof(Spills), typeof(Fails))
            {
                Configure = options => options.StandardOutputIsDocumentWhen((_, _) => style == "document"),
                Devices = new ConsoleDevices(TextWriter.Null, TextWriter.Null) { HasColour = style == "colour", IsGitHub = style == "GitHub" },
                Variables = { ["GITHUB_ACTOR"] = $"mia {secret}", ["GITHUB_RUN_ID"] = "1", ["GITHUB_REPOSITORY"] = secret },
            };

            Assert.Equal(1, run.Run("--target", "Fails", "--verbosity", "diagnostic", "--summary", "summary.md"));
            var shown = WithoutMasks(run.Out) + WithoutMasks(run.Error);
            run.Run("--target", "Fails", "--plan", "json");
            var planned = WithoutMasks(run.Out) + WithoutMasks(run.Error);

            Holds(seed, secret, "console", shown);
            Holds(seed, secret, "what a target renders for others", Told.Rendered);
            Holds(seed, secret, "--plan json", planned);
            foreach (var file in Directory.EnumerateFiles(run.Folder, "*", SearchOption.AllDirectories))
                Holds(seed, secret, Path.GetRelativePath(run.Folder, file), $"{Path.GetRelativePath(run.Folder, file)}\n{File.ReadAllText(file)}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_secret_that_is_split_over_two_writes_is_masked_wherever_it_is_split(int seed)
    {
        var secret = KnownForms.Secret(new Random(seed));
        foreach (var form in KnownForms.Of(secret))
        {
            for (var at = 0; at <= form.Length; at++)
            {
                var masker = new Pipeline.Targets.Secrets.SecretMasker();
                Assert.True(masker.Register(secret));
                var lines = new List<string>();
                var stream = new LineStream(masker, lines.Add);
                stream.Write("before ");
                stream.Write(form.AsSpan(0, at));
                stream.Write(form.AsSpan(at));
                stream.Write(" after\n");
                stream.Finish();
                Holds(seed, secret, $"split at {at}", string.Join('\n', lines));
                Assert.StartsWith("before ", lines[0], StringComparison.Ordinal);
                Assert.EndsWith(" after", lines[^1], StringComparison.Ordinal);
            }
        }
    }

    // The one place where a runner must be told: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#masking-a-value-in-a-log.
    private static string WithoutMasks(string error) => string.Join('\n', error.Split('\n').Where(line => !line.StartsWith("::add-mask::", StringComparison.Ordinal)));

    private static void Holds(int seed, string secret, string sink, string text)
    {
        foreach (var form in KnownForms.Of(secret))
            Assert.False(text.Contains(form, StringComparison.Ordinal), $"seed {seed}: '{form}', a form of '{secret}', is in {sink}:\n{text}");
    }

    [TaskName("Told")]
    public sealed class Told : Target<string>
    {
        internal static string Secret { get; set; } = "";

        internal static Random Random { get; set; } = new(0);

        internal static string Rendered { get; set; } = "";

        protected override void DeclareInputs(Inputs inputs) => inputs.Value("given", Secret).Tool("tool", Secret);

        protected override Task<Recall<string>> RecallAsync(TargetContext context, FoundEvidence<string>? evidence, CancellationToken cancellation)
        {
            context.Mask(Secret);
            return Task.FromResult(Recall<string>.Run($"because of {Secret}"));
        }

        protected override Task<string> RunAsync(TargetContext context, CancellationToken cancellation) =>
            Task.FromResult(string.Join(' ', KnownForms.Of(Secret)));
    }

    [TaskName("Spills")]
    public sealed class Spills(Told told) : Target<IReadOnlyDictionary<string, string>>
    {
        protected override void DeclareInputs(Inputs inputs) => inputs.Value("constant", "1");

        protected override Task<IReadOnlyDictionary<string, string>> RunAsync(TargetContext context, CancellationToken cancellation)
        {
            foreach (var form in KnownForms.Of(Told.Secret))
            {
                var cut = Told.Random.Next(form.Length + 1);
#pragma warning disable CA1849 // Targets write as they like: to a console that blocks, too.
                Console.Write(form[..cut]);
                Console.WriteLine(form[cut..]);
                Console.Error.Write(form + "\r\n");
#pragma warning restore CA1849
                context.Log.Warning("{0}", form);
                context.Log.Debug("{0}", form);
                context.Attach($"file {form}", $"answer: {form}\n");
                context.Measure(form, 1, form);
                context.Report(new Finding($"src/{form}", 1, 1, form, $"about {form}") { Tool = form });
                context.Summarize(new TestCounts(form, 1, 0, 0));
                context.Summarize(new LineageStation(form, form));
                context.Summarize(new SummaryNote(form));
                context.Summarize(new SummaryTable(form, [form], [[form]]));
                context.Summarize(LinkTo(form));
                context.Plot(form, form, form, [(0, 1), (1, 2)]);
            }
            // As in the comment on a pull request.
            Told.Rendered = context.Render(KnownForms.Of(Told.Secret).SelectMany(form => (SummaryPart[])
                [new SummaryNote(form), LinkTo(form), new LineageStation(form, form), new SummaryTable(form, [form], [[form]]), new TestCounts(form, 1, 0, 0), new LineCoverage(form, 1, 1)]));
            Child(context, "cat", Told.Secret);
            Child(context, "base64", Told.Secret.Trim());
            Child(context, "sh", "cat >&2 <<'END'\n" + Told.Secret + "\nEND\n");
            context.WriteDocument(told.Result);
            return Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { [Told.Secret] = told.Result });
        }

        // A form may have in it what no address may.
        private static SummaryLink LinkTo(string form) => new(form, new($"https://example.org/?{Uri.EscapeDataString(form)}"));

        private static void Child(TargetContext context, string program, string input) =>
            Cake.Common.ProcessAliases.StartProcess(context, program, new ProcessSettings { StandardInput = input });
    }

    [TaskName("Fails")]
    public sealed class Fails(Spills spills) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            var forms = KnownForms.Of(spills.Result.Keys.Single());
            var inner = new FileNotFoundException($"nothing is at /run/{forms[0]}", forms[0]);
            throw new AggregateException($"cannot use {Told.Secret}", forms.Select(form => new InvalidOperationException($"no {form}", inner)).Append(new InvalidOperationException("and", inner)));
        }
    }
}
