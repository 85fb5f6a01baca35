namespace Pipeline.Targets.Sample;

/// <summary>Files by which a target tells a test in another process how far it is.</summary>
public static class Marks
{
    public static void Leave(TargetContext context, string name)
    {
        var folder = Path.Combine(context.WorkingDirectory, context.Get(SampleParameters.Marks)!);
        Directory.CreateDirectory(folder);
        File.AppendAllText(Path.Combine(folder, name), Environment.ProcessId + "\n");
    }
}
