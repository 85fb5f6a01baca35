namespace Pipeline.EndToEnd.Installations;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LoadedCollection
{
    public const string Name = "an installation under load";
}
