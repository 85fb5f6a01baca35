using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.CommandLine;

/// <summary>Parameters: command line, then environment, then default, and every fault by name.</summary>
public sealed class ParameterTests
{
    private static readonly Parameter<string> Engine = new("engine", "What runs instances") { Default = "process", Allowed = ["process", "docker"] };
    private static readonly Parameter<TimeSpan> Watch = new("watch", "How long") { Default = TimeSpan.FromMinutes(15), Minimum = TimeSpan.Zero, Maximum = TimeSpan.FromHours(1) };
    private static readonly Parameter<int> Count = new("count", "How many") { Minimum = 1 };
    private static readonly Parameter<bool> DeleteData = new("delete-data", "Forgets everything");
    private static readonly Parameter<DayOfWeek> Day = new("day", "When") { Default = DayOfWeek.Tuesday };
    private static readonly Parameter<string> Reason = new("reason", "Why") { RequiredBy = ["Tells"] };

    [Theory]
    [InlineData("engine=process watch=00:15:00 count=0 delete=False day=Tuesday", "")]
    [InlineData("engine=docker watch=00:01:30 count=3 delete=True day=Friday", "--engine docker --watch 90s --count 3 --delete-data --day friday")]
    [InlineData("engine=docker watch=01:00:00 count=3 delete=True day=Friday", "--engine=docker --watch=1h --count=3 --delete-data=true --day=Friday")]
    [InlineData("engine=process watch=00:15:00 count=0 delete=False day=Tuesday", "--delete-data false")]
    [InlineData("engine=process watch=00:00:00.5000000 count=7 delete=False day=Tuesday", "--watch 500ms --count 7")]
    public void Values_are_read_with_their_type(string expected, string arguments)
    {
        using var run = Program();
        Assert.Equal(0, run.Run(["--target", "Tells", "--reason", "why not", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        Assert.Contains($"\n{expected}\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_counts_where_the_command_line_is_silent()
    {
        using var run = Program();
        run.Variables["PIPELINE_ENGINE"] = "docker";
        run.Variables["PIPELINE_COUNT"] = "9";
        run.Variables["PIPELINE_DELETE_DATA"] = "";
        run.Variables["PIPELINE_REASON"] = "because";
        Assert.Equal(0, run.Run("--target", "Tells", "--count", "2"));
        Assert.Contains("\nengine=docker watch=00:15:00 count=2 delete=False day=Tuesday\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        using var run = Program();
        run.Variables["PIPELINE_DAY"] = "Sundy";
        Assert.Equal(2, run.Run("--target", "Tells", "--engine", "dokcer", "--watch", "2h", "--count", "0", "--count", "1", "--delete-data", "maybe", "--verbosity", "loud", "--plan", "--list"));
        Assert.Equal(
            """
            Error: 'maybe' is no option; to run a target of that name write --target maybe
            Error: --count is given 2 times; give it once
            Error: --verbosity 'loud' is none of quiet, minimal, normal, verbose, diagnostic
            Error: --list and --plan each show something else; give one of them
            Error: --engine 'dokcer' is none of process, docker; did you mean docker?
            Error: --watch '2h' is not between 0s and 1h
            Error: PIPELINE_DAY 'Sundy' is none of sunday, monday, tuesday, wednesday, thursday, friday, saturday; did you mean sunday?
            Error: Tells needs parameter --reason, which has no value; give --reason <text> or set PIPELINE_REASON

            """,
            run.Error);
    }

    [Theory]
    [InlineData("--target", "--target needs a value: --target <name>")]
    [InlineData("--parallel none", "--parallel 'none' is no number between 1 and 1024")]
    [InlineData("--keep-going=later", "--keep-going takes no value, but is given 'later'; leave it out")]
    [InlineData("-z", "-z is no option of this program; --help lists them")]
    [InlineData("--zebra", "--zebra is no option or parameter of this program; --help lists them")]
    [InlineData("--completion tcsh", "--completion 'tcsh' is none of bash, zsh, fish, pwsh")]
    public void A_wrong_option_is_answered_with_the_remedy(string arguments, string fault)
    {
        using var run = Program();
        Assert.Equal(2, run.Run(["--reason", "x", .. arguments.Split(' ')]));
        Assert.Contains($"Error: {fault}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Undeclared_arguments_reach_Cake_where_the_program_allows_them()
    {
        using var run = new TestRun(typeof(ReadsArgument)) { Configure = options => options.UndeclaredArguments = UndeclaredArguments.ToCake };
        Assert.Equal(0, run.Run("--target", "ReadsArgument", "--flavour", "vanilla"));
        Assert.Contains("\nvanilla\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_takes_the_name_of_an_option_is_refused()
    {
        using var run = new TestRun(typeof(ReadsArgument)) { Configure = options => options.Add(new Parameter<string>("force", "Clashes")) };
        Assert.Equal(2, run.Run("--target", "ReadsArgument"));
        Assert.Equal("Error: parameter --force has the name of another parameter or option; choose another name\n", run.Error);
    }

    [Fact]
    public void A_parameter_is_read_by_those_who_declared_it()
    {
        using var run = new TestRun(typeof(Tells));
        Assert.Equal(1, run.Run("--target", "Tells"));
        Assert.Contains("parameter --engine is read but not declared; name it with options.Add in Program.cs", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Engine")]
    [InlineData("delete_data")]
    [InlineData("-x")]
    [InlineData("")]
    public void A_name_is_lower_case_with_dashes(string name) => Assert.Throws<ArgumentException>(() => new Parameter<string>(name, ""));

    private static TestRun Program() => new(typeof(Tells)) { Configure = options => options.Add(Engine, Watch, Count, DeleteData, Day, Reason) };

    public sealed class Tells : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Say($"engine={context.Get(Engine)} watch={context.Get(Watch)} count={context.Get(Count)} delete={context.Get(DeleteData)} day={context.Get(Day)}");
            return Task.CompletedTask;
        }
    }

    public sealed class ReadsArgument : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Say(Cake.Common.ArgumentAliases.Argument<string>(context, "flavour", "none"));
            return Task.CompletedTask;
        }
    }
}
