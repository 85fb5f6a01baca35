namespace Build.Tests.Launcher;

[CollectionDefinition("launcher")]
public sealed class SmallRepositoryTests : ICollectionFixture<SmallRepository>;
