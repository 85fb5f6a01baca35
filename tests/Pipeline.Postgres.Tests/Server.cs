using Pipeline.Testing.Postgres;

[assembly: AssemblyFixture(typeof(TestServer))]
