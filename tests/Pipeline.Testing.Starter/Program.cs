using Pipeline.Supervision;

// Stands for the build program: starts one supervised process, says so, and ends when told "end" or when it is killed.
if (args is not [var supervisor, var directory, var script])
    return 2;
var state = await new Supervisors(supervisor, TimeProvider.System).StartAsync(
    new ProcessSpecification { Directory = directory, FileName = "/bin/sh", Arguments = ["-c", script] }, CancellationToken.None);
Console.WriteLine($"started {state.ProcessId}");
while (await Console.In.ReadLineAsync() is { } line && line != "end")
    await Console.Out.WriteLineAsync($"unknown: {line}");
return 0;
