using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Tooling;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Composition;

/// <summary>Cake's installer, made when a task first installs something: the NuGet libraries behind it cost a third of a warm start.</summary>
internal sealed class DeferredToolInstaller(IServiceProvider provider) : Core.Tooling.IToolInstaller
{
    private readonly Lazy<Core.Tooling.ToolInstaller> installer = new(() => new(
        provider.GetRequiredService<ICakeEnvironment>(),
        provider.GetRequiredService<IToolLocator>(),
        provider.GetRequiredService<ICakeConfiguration>(),
        provider.GetRequiredService<ICakeLog>(),
        provider.GetServices<IPackageInstaller>()));

    public IEnumerable<FilePath> Install(PackageReference reference) => installer.Value.Install(reference);
}
