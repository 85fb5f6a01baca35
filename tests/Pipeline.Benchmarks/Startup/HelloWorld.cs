namespace Pipeline.Benchmarks.Startup;

/// <summary>A Frosting program with one task, and one that does nothing at all, each in a folder of its own and compiled.</summary>
internal sealed class HelloWorld : IDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), $"pipeline-hello-{Guid.NewGuid():N}");

    private HelloWorld()
    {
    }

    public string Folder => Path.Combine(root, "hello");

    public string Program => Path.Combine(Folder, "bin", "Debug", "net10.0", "hello.dll");

    public string EmptyProgram => Path.Combine(root, "empty", "bin", "Debug", "net10.0", "empty.dll");

    public static async Task<HelloWorld> CreateAsync(CancellationToken cancellation)
    {
        var hello = new HelloWorld();
        hello.Write(
            "hello",
            """
            using Cake.Core;
            using Cake.Frosting;

            return new CakeHost().Run(args);

            [TaskName("Default")]
            public sealed class Hello : FrostingTask
            {
                public override void Run(ICakeContext context) => System.Console.WriteLine("hello");
            }
            """,
            $"<ItemGroup><Reference Include=\"{Assemblies()}\" /></ItemGroup>");
        hello.Write("empty", "return 0;", "");
        foreach (var name in new[] { "hello", "empty" })
            await new Command($"compiling {name}", "dotnet", ["build", "--nologo"], Path.Combine(hello.root, name)).MeasureAsync(cancellation);
        return hello;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    /// <summary>Cake's assemblies and the authoring API lie beside this program; its own is not among them.</summary>
    private static string Assemblies() => string.Join(
        ";", Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(file => Path.GetFileName(file) != $"{typeof(HelloWorld).Assembly.GetName().Name}.dll"));

    private void Write(string name, string program, string references)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        File.WriteAllText(
            Path.Combine(folder, $"{name}.csproj"),
            $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>{references}</Project>");
    }
}
