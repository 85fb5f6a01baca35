using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Frosting.Sample.Services;

namespace Pipeline.Frosting.Sample.Tasks;

public sealed class TellArguments : FrostingTask
{
    public override void Run(ICakeContext context)
    {
        foreach (var (name, values) in context.Arguments.GetArguments().OrderBy(argument => argument.Key, StringComparer.Ordinal))
            SampleContext.Say($"{name} = {string.Join(" and ", values.Select(value => value ?? "(nothing)"))}");
    }
}

public sealed class TellPlace : FrostingTask
{
    public override void Run(ICakeContext context)
    {
        SampleContext.Say($"working directory {context.Environment.WorkingDirectory.GetDirectoryName()}");
        SampleContext.Say($"setting {context.Configuration.GetValue("Sample_Setting")}");
        SampleContext.Say($"tools in {context.Configuration.GetValue("Paths_Tools")}");
        SampleContext.Say($"hammer at {context.Tools.Resolve("hammer")?.GetFilename()}");
    }
}

public sealed class TellGreeting(IServiceProvider services) : FrostingTask
{
    public override void Run(ICakeContext context) => SampleContext.Say(services.GetRequiredService<Greeting>().Text);
}

[IsDependentOn(typeof(CompileTask))]
public sealed class TellWarnings(CompileTask compile) : FrostingTask
{
    public override void Run(ICakeContext context) => SampleContext.Say($"{compile.Warnings} warnings");
}
