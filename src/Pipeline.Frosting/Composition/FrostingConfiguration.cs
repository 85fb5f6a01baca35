using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;

namespace Cake.Frosting.Composition;

/// <summary>Cake's settings: what the program set, then the environment, then <c>cake.config</c> of the working directory, then the command line.</summary>
internal sealed class FrostingConfiguration : ICakeConfiguration
{
    private readonly ICakeConfiguration configuration;

    public FrostingConfiguration(
        IEnumerable<CakeSetting> settings, IFileSystem fileSystem, ICakeEnvironment environment, ICakeArguments arguments)
    {
        var own = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in settings)
            own[setting.Key] = setting.Value;
        var given = arguments.GetArguments().ToDictionary(argument => argument.Key, argument => argument.Value?.FirstOrDefault() ?? "");
        configuration = new CakeConfigurationProvider(fileSystem, environment).CreateConfiguration(environment.WorkingDirectory, own, given);
    }

    public string GetValue(string key) => configuration.GetValue(key);
}
