namespace Pipeline.Applications.Stages;

/// <summary>Which hosts an environment lives on.</summary>
public enum StageHosts
{
    /// <summary>None: it lives in processes of this machine.</summary>
    None,

    /// <summary>Those that this machine happens to have, since nobody named any.</summary>
    Found,

    /// <summary>Those that somebody named.</summary>
    Named,
}
