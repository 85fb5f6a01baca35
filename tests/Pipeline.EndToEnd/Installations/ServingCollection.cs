namespace Pipeline.EndToEnd.Installations;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ServingCollection : ICollectionFixture<ServingInstallation>
{
    public const string Name = "an installation that serves";
}
