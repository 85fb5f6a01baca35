namespace Pipeline.EndToEnd.Installations;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BareCollection
{
    public const string Name = "installations of a test's own";
}
