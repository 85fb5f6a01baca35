using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Frosting.Sample.Lifetimes;
using Pipeline.Frosting.Sample.Services;
using Pipeline.Frosting.Sample.Tasks;

namespace Pipeline.Frosting.Sample;

/// <summary>Each entry is one line that a program may have between <c>new CakeHost()</c> and <c>Run</c>.</summary>
internal static class Features
{
    public static readonly Dictionary<string, Func<CakeHost, CakeHost>> All = new()
    {
        ["lifetime"] = host => host.UseLifetime<SampleLifetime>(),
        ["setup"] = host => host.UseSetup<SampleSetup>(),
        ["failing-setup"] = host => host.UseSetup<FailingSetup>(),
        ["teardown"] = host => host.UseTeardown<SampleTeardown>(),
        ["failing-teardown"] = host => host.UseTeardown<FailingTeardown>(),
        ["task-lifetime"] = host => host.UseTaskLifetime<SampleTaskLifetime>(),
        ["task-setup"] = host => host.UseTaskSetup<SampleTaskSetup>(),
        ["failing-task-setup"] = host => host.UseTaskSetup<FailingTaskSetup>(),
        ["task-teardown"] = host => host.UseTaskTeardown<SampleTaskTeardown>(),
        ["startup"] = host => host.UseStartup<SampleStartup>(),
        ["module"] = host => host.UseModule<SampleModule>(),
        ["working-directory"] = host => host.UseWorkingDirectory("elsewhere"),
        ["setting"] = host => host.UseCakeSetting("Sample_Setting", "from the program"),
        ["quiet-setting"] = host => host.UseCakeSetting("Settings_Verbosity", "quiet"),
        ["tool-path"] = host => host.SetToolPath("own-tools"),
        ["tool"] = host => host.UsePackageInstaller<SampleInstaller>().InstallTool(new Uri("sample:?package=hammer")),
        ["unknown-tool"] = host => host.InstallTool(new Uri("nowhere:?package=hammer")),
        ["missing-tool"] = host => host.UsePackageInstaller<SampleInstaller>().InstallTool(new Uri("sample:?package=missing")),
        ["engine"] = host => host.ConfigureServices(services => services.AddSingleton<ICakeEngine, NoEngine>()),
        ["log"] = host => host.ConfigureServices(services => services.AddSingleton<ICakeLog, ShoutingLog>()),
        ["printer"] = host => host.ConfigureServices(services => services.AddSingleton<ICakeReportPrinter, TersePrinter>()),
        ["other-context"] = host => host.ConfigureServices(services => services.AddSingleton<IFrostingTask, ForAnotherContext>()),
        ["not-a-task"] = host => host.ConfigureServices(services => services.AddSingleton<IFrostingTask, DependsOnNoTask>()),
        ["missing-task"] = host => host.ConfigureServices(services => services.AddSingleton<IFrostingTask, DependsOnMissing>()),
        ["bare-task"] = host => host.ConfigureServices(services => services.AddSingleton<IFrostingTask, BareTask>()),
        ["again"] = host => host.AddAssembly(typeof(Program).Assembly),
        ["greeting"] = host => host.ConfigureServices(services => services.AddSingleton(new Greeting("hello from a service"))),
    };
}
