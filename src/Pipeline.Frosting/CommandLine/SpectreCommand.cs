using Spectre.Console.Cli;

namespace Cake.Frosting.CommandLine;

/// <summary>Reads every command line, with help and errors; it takes four times as long to start as <see cref="PlainCommandLine"/>.</summary>
internal sealed class SpectreCommand(Func<RunOptions, IRemainingArguments, int> run) : Command<SpectreSettings>
{
    public static int Run(IEnumerable<string> arguments, Func<RunOptions, IRemainingArguments, int> run)
    {
        var registrar = new Cli.TypeRegistrar();
        registrar.RegisterInstance(run.GetType(), run);
        var app = new CommandApp<SpectreCommand>(registrar);
        app.Configure(configuration =>
        {
            configuration.ValidateExamples();
            configuration.AddExample([]);
            configuration.AddExample(["--verbosity", "quiet"]);
            configuration.AddExample(["--tree"]);
            // --version=1.2.3 is an argument of the program, --version alone an option of the host.
            configuration.Settings.ConvertFlagsToRemainingArguments = true;
        });
        return app.Run(arguments);
    }

    public override int Execute(CommandContext context, SpectreSettings settings, CancellationToken cancellationToken) =>
        run(settings.ToOptions(), context.Remaining);
}
