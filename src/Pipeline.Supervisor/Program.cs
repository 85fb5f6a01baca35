using System.Runtime.Versioning;
using Pipeline.Supervision;
using Pipeline.Supervision.Records;
using Pipeline.Supervisor.Life;

[assembly: UnsupportedOSPlatform("windows")]

if (args is not [var directory, var launch] || !Path.IsPathFullyQualified(directory))
{
    await Console.Error.WriteLineAsync("usage: Pipeline.Supervisor <absolute folder with spec.json> <name of the launch in its file 'wanted'>");
    return 2;
}
if (!Directory.Exists(directory))
    return 3;
var folder = new ProcessFolder(directory);
using var held = await FolderLock.TryTakeAsync(folder.SupervisorLock, TimeSpan.FromSeconds(10), TimeProvider.System);
if (held is null)
{
    Console.WriteLine($"{directory}: another supervisor of this folder is alive; stop it first");
    return 3;
}
try
{
    using var supervision = Supervision.Begin(folder, launch, TimeProvider.System);
    supervision?.Run();
    return supervision is null ? 3 : 0;
}
catch (SupervisionException fault)
{
    Console.WriteLine(fault.Message);
    return 1;
}
