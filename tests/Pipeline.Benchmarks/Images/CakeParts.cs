using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Pipeline.Benchmarks.Images;

/// <summary>A context of Cake made of its own parts, as its engine makes one.</summary>
internal static class CakeParts
{
    public static ICakeContext Context()
    {
        var environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        var log = new CakeBuildLog(new CakeConsole(environment), Verbosity.Quiet);
        var fileSystem = new FileSystem();
        var globber = new Globber(fileSystem, environment);
        var configuration = new CakeConfiguration(new Dictionary<string, string>());
        var tools = new ToolLocator(
            environment, new ToolRepository(environment), new ToolResolutionStrategy(fileSystem, environment, globber, configuration, log));
        return new CakeContext(
            fileSystem, environment, globber, log, new CakeArguments(Enumerable.Empty<string>().ToLookup(name => name)),
            new ProcessRunner(fileSystem, environment, log, tools, configuration), new WindowsRegistry(), tools, new CakeDataService(), configuration,
            new ToolInstaller(environment, tools, configuration, log, []), new NoServices());
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
