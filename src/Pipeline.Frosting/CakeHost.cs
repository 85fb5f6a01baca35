using System.Reflection;
using Cake.Frosting.CommandLine;
using Cake.Frosting.Composition;
using Cake.Frosting.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Finds the tasks of a program and runs those that its command line asks for.</summary>
public sealed class CakeHost
{
    private readonly ServiceCollection services = FrostingServices.Standard();
    private readonly List<Assembly> assemblies = Assembly.GetEntryAssembly() is { } program ? [program] : [];

    /// <summary>Makes a host that knows the public tasks of the program that was started.</summary>
    /// <returns>The host.</returns>
    public static CakeHost Create() => new();

    /// <summary>Adds the public tasks of another assembly.</summary>
    /// <param name="assembly">The assembly; not the program itself, whose tasks are known already.</param>
    /// <returns>The same host.</returns>
    public CakeHost AddAssembly(Assembly assembly)
    {
        assemblies.Add(assembly);
        return this;
    }

    /// <summary>Registers services for tasks, lifetimes and contexts to take in their constructors, or in place of Cake's own.</summary>
    /// <param name="services">Registers them; the last registration of a service is the one used.</param>
    /// <returns>The same host.</returns>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        services(this.services);
        return this;
    }

    /// <summary>Runs the tasks that the command line asks for.</summary>
    /// <param name="args">The command line; see <c>--help</c>.</param>
    /// <returns>The exit code: 0 when all went well, 1 when a task failed, the one of a <see cref="Cake.Core.CakeException"/> that the engine itself threw,
    /// a negative one when the command line cannot be read.</returns>
    public int Run(IEnumerable<string> args)
    {
        services.AddTasks(assemblies);
        var arguments = args.ToList();
        return PlainCommandLine.Read(arguments) is { } line
            ? FrostingProgram.Run(services, line.Options, line.Remaining)
            : SpectreCommand.Run(arguments, (options, remaining) => FrostingProgram.Run(services, options, remaining));
    }
}
