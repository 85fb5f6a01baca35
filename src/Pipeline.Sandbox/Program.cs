using Pipeline.Sandbox;
using Pipeline.Sandbox.Arguments;

if (args.Contains("--help") || args.Contains("-h"))
{
    await Console.Out.WriteLineAsync(OptionsReader.Usage);
    return ExitCode.Done;
}
var (options, faults) = OptionsReader.Read(args);
if (options is not null)
    return await SandboxServer.RunAsync(options);
foreach (var fault in faults)
    await Console.Error.WriteLineAsync($"sandbox: {fault}");
return ExitCode.Misuse;
