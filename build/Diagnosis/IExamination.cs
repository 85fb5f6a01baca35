namespace Build.Diagnosis;

/// <summary>Looks at one thing that a deployment needs from this machine, without changing it.</summary>
public interface IExamination
{
    Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation);
}
