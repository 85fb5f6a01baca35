using System.Runtime.Versioning;
using Pipeline.Testing.Postgres;

[assembly: AssemblyFixture(typeof(TestServer))]
[assembly: UnsupportedOSPlatform("windows")]
