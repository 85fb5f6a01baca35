using Build.Delivering;
using Build.Diagnosis.OnGitHub;
using Pipeline.Applications.Telling;

namespace Build.Diagnosis;

/// <summary>Everything that Doctor looks at, in order.</summary>
public static class Examinations
{
    /// <param name="house">What a deployment is made of.</param>
    /// <param name="github">The GitHub that this clone belongs to.</param>
    /// <param name="deployed">The environment whose settings on GitHub are looked at too; null for none.</param>
    public static IEnumerable<IExamination> Of(ShopHouse house, GitHubHouse github, string? deployed)
    {
        yield return new ToolExamination("dotnet", "install the .NET SDK that global.json names");
        yield return new ToolExamination("git", "install git");
        yield return new StateExamination(house.Paths);
        yield return new SigningExamination(house.Origin.Keys);
        yield return new RegistryExamination(house.Registry);
        if (house.Engine.IsDocker)
            yield return new BaseImageExamination(house.Images);
        else
            yield return new PostgresExamination(house);
        yield return new DatabaseExamination("ledger", house.Ledger.Server);
        foreach (var environment in house.Environments)
        {
            yield return new SettingsExamination(environment, house.Paths);
            foreach (var examination in house.Stage(environment).Examinations)
                yield return examination;
        }
        if (deployed is not null)
            yield return new GitHubSettingsExamination(house.Find(deployed), github, house.Time);
    }
}
