namespace Pipeline.Testing;

/// <summary>
/// A test that needs a part which the machine lacks skips with the reason. Where PIPELINE_TEST_NO_SKIP is 1 (in .ci/run) it fails instead, unless the part is a
/// program that PIPELINE_TEST_MAY_LACK names.
/// </summary>
public static class Needs
{
    public static void That(bool present, string reason)
    {
        if (present)
            return;
        if (System.Environment.GetEnvironmentVariable("PIPELINE_TEST_NO_SKIP") == "1")
            Assert.Fail($"a part is missing on a machine that must have all of them: {reason}");
        Assert.Skip(reason);
    }

    public static string Program(string name)
    {
        var path = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null && (System.Environment.GetEnvironmentVariable("PIPELINE_TEST_MAY_LACK") ?? "").Split(',').Contains(name))
            Assert.Skip($"{name} is not on the PATH, and this machine may lack it");
        That(path is not null, $"{name} is not on the PATH");
        return path!;
    }
}
