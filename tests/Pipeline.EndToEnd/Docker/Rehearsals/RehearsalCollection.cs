namespace Pipeline.EndToEnd.Docker.Rehearsals;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RehearsalCollection : ICollectionFixture<RehearsalHosts>
{
    public const string Name = "the workflow from build to production, rehearsed on Docker hosts";
}
