using System.Reflection;
using Cake.Cli;
using Cake.Core;

namespace Cake.Frosting.Composition;

/// <summary>The version of Cake that the program runs on; Cake's own resolver knows it only inside its tool.</summary>
internal sealed class CakeVersion : IVersionResolver
{
    public string GetVersion() => GetProductVersion().Split('+')[0];

    public string GetProductVersion() =>
        typeof(ICakeEngine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
