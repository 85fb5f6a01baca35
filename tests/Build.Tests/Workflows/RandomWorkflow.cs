using System.Globalization;
using Pipeline.GitHub.Workflows;

namespace Build.Tests.Workflows;

/// <summary>Workflows as somebody might declare them, with texts that nobody should: what a seed yields stays the same.</summary>
internal sealed class RandomWorkflow(int seed)
{
    // Whatever could end a scalar, begin a comment, forge a command, or mean something to a shell, to YAML or to GitHub.
    private static readonly string[] Hostile =
    [
        "$(touch /tmp/owned)", "`id`", "\"; rm -rf / #", "' || '1' == '1", "::set-output name=a::b", "::add-mask::x", "# no comment", "a: b", "- item", "{a: b}", "[x", "*alias", "&anchor", "!tag", "|", ">", "%directive",
        "@at", "null", "~", "true", "No", "on", "0x1f", "1e3", "017", "1_000", "2026-11-20", ".inf", "12:30:45", "=", "<<", " leading", "trailing ", "tab\u00a0nbsp", "schön 日本語 🚢", "}} {{", "$ {{", "a\\nb", "\\", "''", "\"", "? key", "---", "...",
        "#", ":", "key:", "a #b", "a:#b", "%PATH%", "$HOME", "${HOME}", "feature/$(id)", "-", "--", "\u200b", "e\u0301",
    ];

    private readonly Random random = new(seed);

    public Workflow Make()
    {
        var deploys = Chance();
        var inputs = Many(0, 4, Input);
        var jobs = new List<Job>();
        foreach (var number in Enumerable.Range(1, random.Next(1, 5)))
            jobs.Add(MakeJob($"job{number}", jobs, inputs, deploys));
        return new()
        {
            File = "random.yml",
            Name = $"random {Text()}",
            Purpose = Text(),
            On = new()
            {
                Push = Chance() ? new(Many(0, 3, _ => Pick("main", "release/**", "v1.2", "*", "feature/*-x"))) : null,
                PullRequest = !deploys && Chance() ? new() : null,
                MergeGroup = Chance(),
                Schedule = Chance() ? [Pick("17 * * * *", "*/5 * * * *", "0 4,16 * * 1-5", "59 23 31 12 *", "5,25,45 1-3 1 1 0")] : [],
                Manual = new(inputs),
            },
            Concurrency = new($"random-{Expression.Ref}-{Text()}", deploys ? Superseded.Finishes : Superseded.IsCancelled),
            Jobs = jobs,
        };
    }

    private Job MakeJob(string id, List<Job> before, List<ManualInput> inputs, bool deploys)
    {
        var needs = before.Where(_ => Chance()).ToArray();
        var matrix = Chance() ? new SortedDictionary<string, IReadOnlyList<string>> { ["system"] = Distinct(), ["size"] = ["1", "2"] } : [];
        Expression[] readable =
        [
            Expression.Ref, Expression.RunId, Expression.EventName, Expression.Variable("REGION"),
            .. inputs.Select(input => Expression.Input(input.Name)),
            .. needs.SelectMany(job => job.Outputs.Keys.Select(output => Expression.JobOutput(job.Id, output))),
            .. matrix.Keys.Select(Expression.Matrix),
        ];
        var steps = MakeSteps(id, readable, matrix.Keys);
        return new()
        {
            Id = id,
            Name = Chance() ? Mixed(readable) : null,
            Remark = Text(),
            Needs = [.. needs.Select(job => job.Id)],
            If = Chance() ? Condition([Expression.Ref, Expression.EventName, Expression.Variable("REGION")]).And(Expression.Always) : null,
            RunsOn = Pick(Runner.Ubuntu2404, Runner.Windows2022, Runner.OwnLinux, Runner.Labelled(Expression.Variable("RUNNER").Or("ubuntu-24.04"))),
            TimeoutMinutes = random.Next(1, 361),
            Permissions = [.. Enum.GetValues<PermissionScope>().Where(_ => random.Next(4) == 0).Select(scope => new Permission(scope, PermissionAccess.Write, $"why: {Text()}"))],
            Environment = deploys ? new(Mixed(readable), Chance() ? null : Mixed([.. readable, .. steps.Where(step => step.Id is not null).Select(step => Expression.StepOutput(step.Id!, "url"))])) : null,
            Concurrency = Chance() ? new(Mixed(readable), deploys ? Pick(Superseded.Finishes, Superseded.Queues) : Superseded.IsCancelled) : null,
            Matrix = matrix,
            Outputs = steps.Where(step => step.Id is not null).ToDictionary(step => $"{step.Id}-out", step => Expression.StepOutput(step.Id!, "value")),
            Env = Variables(readable),
            Steps = steps,
        };
    }

    private List<Step> MakeSteps(string job, Expression[] readable, IEnumerable<string> dimensions)
    {
        List<Step> steps = [];
        List<Expression> outputs = [.. readable, Expression.Secret("TOKEN")];
        foreach (var number in Enumerable.Range(1, random.Next(1, 5)))
        {
            Step step = random.Next(3) switch
            {
                0 => new ActionStep(new("actions/checkout", Commit(), "v5.0.0")) { With = Sorted(("persist-credentials", "false"), ("ref", Mixed(readable))) },
                1 => new ActionStep(new("actions/upload-artifact", Commit(), "v4.6.2"))
                {
                    With = Sorted(("name", UniqueName(job, number, dimensions)), ("path", $"out\n{Text().Trim()}x")),
                },
                _ => new BuildStep(BuildCommand.Run([Pick("Lint", "Test", "Rollback")], Pick<string[]>([], ["--plan"], ["--watch", "15m"]))) { Env = Variables([.. outputs]) },
            };
            step = step with { Id = Chance() ? $"step{number}" : null, Name = Chance() ? Mixed(readable) : null, If = Chance() ? Condition(readable) : null };
            steps.Add(step);
            if (step.Id is { } id)
                outputs.Add(Expression.StepOutput(id, "value"));
        }
        return steps;
    }

    private static Template UniqueName(string job, int number, IEnumerable<string> dimensions)
    {
        var name = new Template(0, 0);
        name.AppendLiteral($"{job}-{number.ToString(CultureInfo.InvariantCulture)}-");
        name.AppendFormatted(Expression.RunAttempt);
        foreach (var dimension in dimensions)
            name.AppendFormatted(Expression.Matrix(dimension));
        return name;
    }

    private ManualInput Input(int number)
    {
        var choices = Chance() ? Distinct() : [];
        return new($"input-{number}", $"enter {Text()}") { IsRequired = Chance(), Choices = choices, Default = choices.Count > 0 ? choices[0] : Chance() ? Text() : null };
    }

    private SortedDictionary<string, Template> Variables(Expression[] readable)
    {
        SortedDictionary<string, Template> variables = new(StringComparer.Ordinal);
        for (var number = random.Next(0, 4); number > 0; number--)
            variables[$"VALUE_{number}"] = Mixed(readable);
        return variables;
    }

    private Template Mixed(Expression[] readable) => random.Next(3) switch
    {
        0 => $"x {Text()}",
        1 => Pick(readable),
        _ => $"{Text()}{Pick(readable)}-{Text()}",
    };

    private Expression Condition(Expression[] readable)
    {
        var condition = Pick(readable).Is(Text());
        return Chance() ? condition.Or(Pick(readable).IsNot(Text())) : condition.And(Pick(readable).Is(""));
    }

    private List<string> Distinct() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Text().Trim()}v").Distinct(StringComparer.OrdinalIgnoreCase)];

    private List<T> Many<T>(int from, int to, Func<int, T> make) => [.. Enumerable.Range(1, random.Next(from, to)).Select(make)];

    private static SortedDictionary<string, Template> Sorted(params ReadOnlySpan<(string Name, Template Value)> values)
    {
        SortedDictionary<string, Template> sorted = new(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            sorted.Add(name, value);
        return sorted;
    }

    private string Commit() => Convert.ToHexStringLower(Enumerable.Range(0, 20).Select(_ => (byte)random.Next(256)).ToArray());

    private string Text() => Pick(Hostile);

    private bool Chance() => random.Next(2) == 0;

    private T Pick<T>(params IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
