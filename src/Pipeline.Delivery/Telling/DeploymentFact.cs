namespace Pipeline.Delivery.Telling;

/// <summary>What a listener can be told of a deployment. Each is told once.</summary>
public enum DeploymentFact
{
    /// <summary>There is a deployment, of this release to this environment.</summary>
    Begun,

    /// <summary>It goes on. Told only while it does.</summary>
    InProgress,

    /// <summary>Its release serves.</summary>
    Succeeded,

    /// <summary>It did not succeed, and what served before serves.</summary>
    Failed,

    /// <summary>It did not succeed and could not be undone wholly.</summary>
    Broken,

    /// <summary>Another release took its place.</summary>
    Replaced,
}
