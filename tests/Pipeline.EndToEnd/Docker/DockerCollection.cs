namespace Pipeline.EndToEnd.Docker;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DockerCollection : ICollectionFixture<TwoHosts>
{
    public const string Name = "staging and production on Docker hosts";
}
