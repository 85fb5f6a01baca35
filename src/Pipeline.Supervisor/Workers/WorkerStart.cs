using System.Globalization;
using Pipeline.Supervision;
using Pipeline.Supervision.Checks;
using Pipeline.Supervision.Launching;
using Pipeline.Supervision.Native;
using Pipeline.Supervision.Records;
using Pipeline.Supervisor.Sockets;

namespace Pipeline.Supervisor.Workers;

/// <summary>Starts the process that a specification asks for.</summary>
internal static class WorkerStart
{
    /// <summary>Starts it.</summary>
    /// <param name="folder">Whose process it is.</param>
    /// <param name="specification">What is to run.</param>
    /// <param name="sockets">What it listens on.</param>
    /// <param name="start">The announced name of this start.</param>
    /// <exception cref="SupervisionException">The system refused; the message says what.</exception>
    internal static Worker Run(ProcessFolder folder, ProcessSpecification specification, ListenSockets sockets, string start)
    {
        var account = specification.User is { } user ? RequireUser(user) : null;
        var environment = EnvironmentOf(folder, specification, account, sockets, start);
        var place = specification.WorkingDirectory ?? folder.Path;
        var program = ProgramPath.Find(specification.FileName, environment.GetValueOrDefault("PATH"))
            ?? throw new SupervisionException($"its program '{specification.FileName}' is not there any more; install it again");
        var command = AsUser(account, [program, .. specification.Arguments]);
        try
        {
            PrepareFolders(folder, account);
            var processId = Spawn.Start(new SpawnPlan
            {
                Path = command[0],
                Arguments = command,
                Environment = environment,
                WorkingDirectory = place,
                Output = folder.Log,
                Descriptors = sockets.Descriptors,
            });
            return Worker.Started(processId, folder.ReadyFile(start));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new SupervisionException(
                $"'{program}' could not be started in '{place}' ({refused.Message}); check that both are there and may be used by this user", refused);
        }
    }

    private static void PrepareFolders(ProcessFolder folder, UserAccount? account)
    {
        folder.Create(account?.Name);
        if (account is not null)
            _ = Libc.ChangeOwner(folder.ReadyFolder, account.Id, account.Group);
    }

    private static Dictionary<string, string> EnvironmentOf(
        ProcessFolder folder, ProcessSpecification specification, UserAccount? account, ListenSockets sockets, string start)
    {
        var environment = InheritedEnvironment.Read();
        if (account is not null)
            environment["HOME"] = account.Home;
        foreach (var (name, value) in specification.Environment)
            environment[name] = value;
        environment[SpecificationCheck.FolderVariable] = folder.Path;
        environment[SpecificationCheck.StartVariable] = start;
        environment[SpecificationCheck.ReadyVariable] = folder.ReadyFile(start);
        if (sockets.Descriptors.Count > 0)
            environment[SpecificationCheck.ListenVariable] = string.Join(',', sockets.Descriptors.Select(pair => pair.To));
        return environment;
    }

    private static List<string> AsUser(UserAccount? account, List<string> command)
    {
        if (account is null)
            return command;
        var setpriv = ProgramPath.Find("setpriv", Environment.GetEnvironmentVariable("PATH"))
            ?? throw new SupervisionException($"user '{account.Name}' needs the program setpriv, which is not on the PATH; install util-linux");
        return
        [
            setpriv, string.Create(CultureInfo.InvariantCulture, $"--reuid={account.Id}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={account.Group}"), "--init-groups", "--", .. command,
        ];
    }

    private static UserAccount? RequireUser(string user)
    {
        var account = UserAccount.Find(user) ?? throw new SupervisionException($"user '{user}' is not in /etc/passwd any more; create it");
        return account.IsPresent ? null : account;
    }
}
