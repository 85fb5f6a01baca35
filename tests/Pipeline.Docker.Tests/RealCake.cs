using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Pipeline.Docker.Tests;

/// <summary>A context of Cake made of its own parts, as its engine makes one.</summary>
internal static class RealCake
{
    public static ICakeContext Context()
    {
        var log = new CakeBuildLog(new CakeConsole(new CakeEnvironment(new CakePlatform(), new CakeRuntime())), Verbosity.Normal);
        var environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        var fileSystem = new FileSystem();
        var globber = new Globber(fileSystem, environment);
        var configuration = new CakeConfiguration(new Dictionary<string, string>());
        var tools = new ToolLocator(
            environment, new ToolRepository(environment), new ToolResolutionStrategy(fileSystem, environment, globber, configuration, log));
        var arguments = new CakeArguments(Enumerable.Empty<string>().ToLookup(name => name));
        var runner = new ProcessRunner(fileSystem, environment, log, tools, configuration);
        return new CakeContext(
            fileSystem, environment, globber, log, arguments, runner, new WindowsRegistry(), tools, new CakeDataService(), configuration,
            new ToolInstaller(environment, tools, configuration, log, []), new NoServices());
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
