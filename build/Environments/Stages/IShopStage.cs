using Build.Diagnosis;
using Pipeline.Applications.Stages;

namespace Build.Environments.Stages;

/// <summary>Where an environment of the Shop lives. One for each engine.</summary>
public interface IShopStage : IStage
{
    /// <summary>What a deployment needs of this place, beside what every place needs.</summary>
    IEnumerable<IExamination> Examinations { get; }
}
