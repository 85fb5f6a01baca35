using Pipeline.Testing;

namespace Build.Tests.Testing;

/// <summary>A repository with two libraries and tests for one of them, as the SDK sees it: nothing here is pretended.</summary>
internal sealed class SampleSolution : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public SampleSolution()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Directory.Packages.props"), folder.Combine("Directory.Packages.props"));
        Write(".editorconfig", "root = true\n[*.cs]\nindent_style = space\nindent_size = 4\n");
        Write(
            "Directory.Build.props",
            """
            <Project>
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
            </Project>
            """);
        Write("src/Counting/Counting.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        Write("src/Counting/Counter.cs", Counter);
        Write("src/Unused/Unused.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        Write(
            "Sample.slnx",
            """<Solution><Project Path="src/Counting/Counting.csproj" /><Project Path="src/Unused/Unused.csproj" /></Solution>""");
    }

    public const string Counter =
        """
        namespace Counting;

        public static class Counter
        {
            public static int Next(int number)
            {
                return number + 1;
            }

            public static int Previous(int number)
            {
                return number - 1;
            }
        }
        """ + "\n";

    public string Root => folder.Path;

    public void WriteTests(string tests)
    {
        Write(
            "tests/Counting.Tests/Counting.Tests.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../../src/Counting/Counting.csproj" />
                <PackageReference Include="Microsoft.NET.Test.Sdk" />
                <PackageReference Include="coverlet.collector" />
                <PackageReference Include="xunit.runner.visualstudio" />
                <PackageReference Include="xunit.v3" />
                <Using Include="Xunit" />
              </ItemGroup>
            </Project>
            """);
        Write("tests/Counting.Tests/CounterTests.cs", $"namespace Counting.Tests;\n\npublic sealed class CounterTests\n{{\n{tests}\n}}\n");
    }

    public void Write(string path, string content)
    {
        var full = folder.Combine(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    public void Dispose() => folder.Dispose();
}
