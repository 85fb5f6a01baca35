using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>What is asked of a step.</summary>
internal static partial class OneStep
{
    // Inputs of actions that are run as programs.
    private static readonly string[] Scripts = ["script", "run", "inlineScript", "command"];

    public static IEnumerable<Objection> Check(YamlNode step, string[] lines)
    {
        if (step.Find("uses") is { } uses)
        {
            foreach (var objection in Pinning.Check(uses, lines))
                yield return objection;
            if (Is(uses, "actions/checkout") && step.Input("persist-credentials").Text() != "false")
                yield return new(uses, "checkout leaves its token in the clone; set persist-credentials: false");
            foreach (var (name, _, value) in step.Find("with").Entries().Where(entry => Scripts.Contains(entry.Key, StringComparer.OrdinalIgnoreCase) && HasExpression(entry.Value)))
                yield return new(value, $"an expression in {name} becomes part of a program, whatever somebody wrote into it; hand it over through env");
        }
        if (step.Find("shell") is { } shell && HasExpression(shell))
            yield return new(shell, "an expression chooses the shell; name it");
        if (step.Find("run") is not { } run)
            yield break;
        if (HasExpression(run))
            yield return new(run, "an expression in a script runs whatever somebody wrote into it; hand it over through env");
        if (!BuildCall().IsMatch(run.Text() ?? ""))
            yield return new(run, "a step that is more than one './build.sh --target …' cannot be repeated on a laptop; make it a target, and hand over what differs as PIPELINE_ variables");
    }

    public static bool Is(YamlNode? uses, string action) => uses.Text()?.Split('@')[0].Equals(action, StringComparison.OrdinalIgnoreCase) == true;

    private static bool HasExpression(YamlNode node) => node.Text()?.Contains("${{", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"\A\./build\.sh( --target [A-Za-z0-9._,-]+)+( [A-Za-z0-9._=:/,+-]+)*\n?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex BuildCall();
}
