namespace Build.Environments.Stages;

/// <summary>Keeps in this clone what an environment was put on, so that a later run acts on what is there and not on what answers by chance.</summary>
public sealed class EngineMark(StatePaths paths, string environment)
{
    public string Environment => environment;

    private string File => Path.Combine(paths.Environment(environment), "engine");

    /// <summary>What the environment was put on; null when nothing says so.</summary>
    public string? Read()
    {
        var said = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File).Trim() : null;
        return said is EngineChoice.Process or EngineChoice.Docker ? said : null;
    }

    /// <summary>Remembers it. One that is remembered already is not written again.</summary>
    public void Write(string engine)
    {
        if (Read() == engine)
            return;
        Directory.CreateDirectory(paths.Environment(environment));
        System.IO.File.WriteAllText(File, engine + "\n");
    }
}
