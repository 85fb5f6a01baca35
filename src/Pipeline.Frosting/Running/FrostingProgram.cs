using Cake.Cli;
using Cake.Cli.Infrastructure;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Scripting;
using Cake.Frosting.CommandLine;
using Cake.Frosting.Composition;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting.Running;

/// <summary>Does what the command line asks for and turns the outcome into an exit code.</summary>
internal static class FrostingProgram
{
    public static int Run(IServiceCollection services, RunOptions options, IRemainingArguments remaining)
    {
        services.AddSingleton<ICakeArguments>(remaining.ToCakeArguments(options.NoReport, [.. options.Targets]));
        services.AddSingleton(remaining);
        using var provider = services.BuildServiceProvider();
        try
        {
            if (options.Version)
                provider.GetRequiredService<VersionFeature>().Run(provider.GetRequiredService<IConsole>());
            else if (options.Info)
                provider.GetRequiredService<InfoFeature>().Run(provider.GetRequiredService<IConsole>());
            else
                Run(provider, options);
            return 0;
        }
#pragma warning disable CA1031 // The boundary of the program: whatever a task threw is reported and becomes the exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return provider.GetRequiredService<ICakeLog>().LogException(exception);
        }
    }

    private static void Run(ServiceProvider provider, RunOptions options)
    {
        var log = provider.GetRequiredService<ICakeLog>();
        log.Verbosity = options.Verbosity ?? Verbosity.Normal;
        EnterWorkingDirectory(provider, options);
        log.Verbosity = provider.GetRequiredService<ICakeConfiguration>().GetVerbosity(options.Verbosity);
        var host = ScriptHost(provider, options);
        var run = ActivatorUtilities.CreateInstance<FrostingRun>(provider);
        InstallTools(provider, log);
        if (options.Exclusive)
            host.Settings.UseExclusiveTarget();
        run.Start(host, options.Targets);
    }

    private static void EnterWorkingDirectory(ServiceProvider provider, RunOptions options)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        var asked = options.WorkingDirectory ?? provider.GetService<WorkingDirectory>()?.Path;
        var directory = asked?.MakeAbsolute(environment) ?? environment.WorkingDirectory;
        if (!provider.GetRequiredService<IFileSystem>().Exist(directory))
            throw new FrostingException($"The working directory '{directory.FullPath}' does not exist.");
        environment.WorkingDirectory = directory;
    }

    private static IScriptHost ScriptHost(ServiceProvider provider, RunOptions options) => options switch
    {
        { DryRun: true } => provider.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
        { Tree: true } => provider.GetRequiredService<TreeScriptHost>(),
        { Description: true } => provider.GetRequiredService<DescriptionScriptHost>(),
        _ => provider.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
    };

    private static void InstallTools(ServiceProvider provider, ICakeLog log)
    {
        var tools = provider.GetServices<PackageReference>().ToList();
        if (tools.Count == 0)
            return;
        log.Verbose("Installing tools...");
        var installer = provider.GetRequiredService<IToolInstaller>();
        foreach (var tool in tools)
            installer.Install(tool);
    }
}
