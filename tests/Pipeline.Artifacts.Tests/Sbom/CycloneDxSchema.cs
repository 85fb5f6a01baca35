using System.Diagnostics;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests.Sbom;

/// <summary>
/// Holds documents against the JSON schema that CycloneDX publishes, with the validator of its own npm package: an independent reader. The package is fetched
/// once a test run; where no registry can be reached the test skips.
/// </summary>
internal static class CycloneDxSchema
{
    private static readonly string[] Packages = ["@cyclonedx/cyclonedx-library@10.3.0", "ajv@8.20.0", "ajv-formats@3.0.1", "ajv-formats-draft2019@1.6.1"];

    private const string Program = """
        const { Validation, Spec } = require('@cyclonedx/cyclonedx-library');
        new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(require('fs').readFileSync(process.argv[2], 'utf8'))
          .then(fault => { if (fault !== null) { console.error(JSON.stringify(fault)); process.exit(1); } });
        """;

    private static readonly Lazy<(TemporaryDirectory Folder, string Fault)> Installed = new(Install);

    public static async Task RequireValidAsync(byte[] document)
    {
        Needs.Program("node");
        Needs.Program("npm");
        var (folder, fault) = Installed.Value;
        Needs.That(fault.Length == 0, $"the npm package @cyclonedx/cyclonedx-library cannot be fetched: {fault}");
        var file = folder.Combine($"{Guid.NewGuid():N}.json");
        await File.WriteAllBytesAsync(file, document, TestContext.Current.CancellationToken);
        await Command.RunAsync("node", folder.Combine("validate.js"), file);
    }

    private static (TemporaryDirectory Folder, string Fault) Install()
    {
        var folder = new TemporaryDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        File.WriteAllText(folder.Combine("package.json"), """{ "private": true }""");
        File.WriteAllText(folder.Combine("validate.js"), Program);
        using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", .. Packages])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var errors = npm.StandardError.ReadToEndAsync();
        npm.StandardOutput.ReadToEnd();
        npm.WaitForExit();
        return (folder, npm.ExitCode == 0 ? "" : errors.GetAwaiter().GetResult());
    }
}
