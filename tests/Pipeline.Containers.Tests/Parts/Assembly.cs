using Pipeline.Testing.Docker;

[assembly: AssemblyFixture(typeof(DockerStage))]
[assembly: AssemblyFixture(typeof(StageImages))]
