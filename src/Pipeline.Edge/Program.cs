using Pipeline.Edge.CommandLine;

return await EdgeCommandLine.RunAsync(args);
