using Build.Environments;
using Pipeline.Configuration.EnvFiles;

namespace Build.Diagnosis;

/// <summary>The environment's settings file is there and can be read.</summary>
public sealed class SettingsExamination(ShopEnvironment environment, StatePaths paths) : IExamination
{
    public Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Observation>>([Examine()]);

    private Observation Examine()
    {
        var subject = Path.GetFileName(paths.Settings(environment.Name));
        try
        {
            return new(subject, true, $"{EnvFile.Load(paths.Settings(environment.Name)).Count} keys");
        }
        catch (EnvFileException fault)
        {
            return new(subject, false, fault.Message);
        }
    }
}
