using Cake.Common;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Pipeline.Targets.Sample;

public sealed record Image(string Digest, int Size);

public sealed record Deployment(string Environment, string Digest);

[TaskDescription("Checks the sources")]
public sealed class Lint : Target
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Files("src/**/*.cs").Except("src/generated/**");

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        context.Log.Information("no faults in the sources");
        return Task.CompletedTask;
    }
}

[TaskDescription("Runs the tests")]
[IsDependentOn(typeof(Lint))]
public sealed class Test : Target
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Files("src/**/*.cs", "tests/**/*.cs").Tool("dotnet", "10.0");

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        Console.WriteLine("42 tests passed");
        Console.Error.WriteLine("one of them was slow");
        context.Measure("coverage", 87.5, "%");
        return Task.CompletedTask;
    }
}

[TaskDescription("Builds the one artifact")]
[IsDependentOn(typeof(Lint))]
public sealed class BuildImage : Target<Image>
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Files("src/**").Parameter(SampleParameters.Engine).Parameter(SampleParameters.Token);

    protected override Task<Image> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        context.StartProcess("sh", new Cake.Core.IO.ProcessSettings { Arguments = "-c \"echo built with $0; echo a warning >&2\" sh" });
        var sources = Directory.GetFiles(Path.Combine(context.WorkingDirectory, "src"), "*", SearchOption.AllDirectories);
        return Task.FromResult(new Image($"sha256:{sources.Sum(file => new FileInfo(file).Length):x8}", sources.Length));
    }
}

[TaskDescription("Puts the artifact on staging")]
public sealed class DeployStaging(BuildImage image, Test test) : Target<Deployment>
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Value("environment", "staging");

    protected override Task<Recall<Deployment>> RecallAsync(TargetContext context, FoundEvidence<Deployment>? evidence, CancellationToken cancellation)
    {
        var running = Path.Combine(context.StateDirectory, "staging");
        return Task.FromResult(File.Exists(running) && File.ReadAllText(running) == image.Result.Digest
            ? Recall<Deployment>.Hold(new("staging", image.Result.Digest), $"staging runs {image.Result.Digest}")
            : Recall<Deployment>.Run("staging runs something else"));
    }

    protected override async Task<Deployment> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        _ = test;
        await File.WriteAllTextAsync(Path.Combine(context.StateDirectory, "staging"), image.Result.Digest, cancellation);
        context.Say($"staging runs {image.Result.Digest}");
        context.Plot("response time", "ms", "seconds", Enumerable.Range(0, 60).Select(second => ((double)second, 20 + 8 * Math.Sin(second / 6.0))));
        context.Measure("p99", 41.5, "ms");
        return new("staging", image.Result.Digest);
    }
}

[TaskDescription("Tells what runs where")]
public sealed class Status : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        Console.WriteLine("asking staging");
        context.WriteDocument(context.Get(SampleParameters.Json) ? """{"environments":[]}""" : "no environments");
        return Task.CompletedTask;
    }
}

[TaskDescription("Tells a secret wherever it can")]
public sealed class Leaky : Target
{
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var token = context.Get(SampleParameters.Token)!;
        Console.Write("signed in with " + token[..3]);
        Console.WriteLine(token[3..]);
        Console.Error.WriteLine(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("user:" + token)));
        context.Log.Information("token {0}", Uri.EscapeDataString(token));
        context.StartProcess("sh", new Cake.Core.IO.ProcessSettings { Arguments = "-c \"echo child knows $TOKEN\"", EnvironmentVariables = new Dictionary<string, string?> { ["TOKEN"] = token } });
        context.StartProcess("sh", new Cake.Core.IO.ProcessSettings { Arguments = "-c \"sed 's/^/child was told /'\"", StandardInput = token });
        context.Attach("answer", $"token={token}");
        throw new InvalidOperationException($"cannot use {token}");
    }
}

[TaskDescription("Asks whoever sits at the terminal about a secret")]
public sealed class Asks(Terminal terminal) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var token = context.Get(SampleParameters.Token)!;
        var answer = await terminal.AskAsync($"{token}\n{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(token))}\nShall this be used? ", cancellation);
        context.Say($"the answer was {answer}, about {token}");
    }
}
