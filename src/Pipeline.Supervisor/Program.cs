using System.Runtime.Versioning;
using Pipeline.Supervision;
using Pipeline.Supervision.Records;
using Pipeline.Supervisor.Life;

[assembly: UnsupportedOSPlatform("windows")]

if (args is not [var directory] || !Path.IsPathFullyQualified(directory))
{
    await Console.Error.WriteLineAsync("usage: Pipeline.Supervisor <absolute folder with spec.json>");
    return 2;
}
var folder = new ProcessFolder(directory);
using var held = await FolderLock.TryTakeAsync(folder.SupervisorLock, TimeSpan.FromSeconds(2), TimeProvider.System);
if (held is null)
{
    Console.WriteLine($"{directory}: another supervisor of this folder is alive; stop it first");
    return 3;
}
try
{
    using var supervision = new Supervision(folder, TimeProvider.System);
    supervision.Run();
    return 0;
}
catch (SupervisionException fault)
{
    Console.WriteLine(fault.Message);
    return 1;
}
