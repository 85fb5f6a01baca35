using Pipeline.Testing.Docker;

[assembly: AssemblyFixture(typeof(DockerStage))]
