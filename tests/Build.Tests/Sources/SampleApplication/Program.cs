// Says where the compiler believed this file to lie, and ends: the tests ask for nothing more.
if (args is ["--where"])
{
    Console.WriteLine(Here());
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorPages();
var app = builder.Build();
app.MapStaticAssets();
app.MapRazorPages();
app.Run();

static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
