using System.Collections;
using Shop.Configuration;
using Shop.Hosting;

const int Success = 0;
const int CannotStart = 1;
// EX_CONFIG of sysexits.h: starting again without a change cannot help.
const int InvalidConfiguration = 78;

try
{
    var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
    var settings = ShopSettingsReader.Read(Path.Combine(AppContext.BaseDirectory, "settings.schema.json"), variables);
    await using var application = ShopApplication.Build(settings);
    await application.RunAsync();
    return Success;
}
catch (InvalidSettingsException invalid)
{
    await Console.Error.WriteLineAsync($"shop: {invalid.Message}");
    return InvalidConfiguration;
}
catch (IOException unusable) when (unusable.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"shop: {unusable.Message} Give another PORT, or stop what listens there.");
    return CannotStart;
}
