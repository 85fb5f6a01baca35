namespace Pipeline.EndToEnd.Docker.Examples;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NotesCollection : ICollectionFixture<NotesClone>
{
    public const string Name = "an application of another language on a Docker host";
}
