using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// Plain YARP as its documentation shows it, the peer of the edge: dotnet Pipeline.Benchmarks.Yarp.dll http://127.0.0.1:PORT http://127.0.0.1:BACKEND
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(args[0]);
builder.Services.AddHttpForwarder();
await using var yarp = builder.Build();
yarp.MapForwarder("/{**rest}", args[1]);
await yarp.RunAsync();
