using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>The services of a program in a class of their own; see <see cref="CakeHostExtensions.UseStartup{TStartup}"/>.</summary>
public interface IFrostingStartup
{
    /// <summary>Registers services; the last registration of a service is the one used.</summary>
    /// <param name="services">The services of the run.</param>
    void Configure(IServiceCollection services);
}
