using System.Globalization;
using Pipeline.Delivery;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>Who the server runs as. PostgreSQL refuses to run as root, so root's clusters belong to <c>postgres</c>, or to <c>nobody</c> where that user is missing.</summary>
internal sealed class ClusterUser
{
    private readonly string[] prefix;
    private readonly string group;

    private ClusterUser(string? name, string group, string[] prefix)
    {
        Name = name;
        this.group = group;
        this.prefix = prefix;
    }

    /// <summary>The user's name; null when the server runs as the present user.</summary>
    public string? Name { get; }

    /// <summary>The user for this process.</summary>
    /// <exception cref="DeliveryException">This is root, and there is nobody else to be, or no way to become them.</exception>
    public static ClusterUser Find()
    {
        if (!System.Environment.IsPrivilegedProcess)
            return new ClusterUser(null, "", []);
        var users = File.Exists("/etc/passwd") ? File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList() : [];
        var user = users.Find(fields => fields[0] == "postgres") ?? users.Find(fields => fields[0] == "nobody")
            ?? throw new DeliveryException("PostgreSQL does not run as root, and neither user postgres nor nobody exists; create one (useradd --system postgres) or run as a normal user");
        var setpriv = Programs.Find("setpriv");
        var runuser = Programs.Find("runuser");
        string[] prefix = setpriv is not null ? [setpriv, "--reuid", user[2], "--regid", user[3], "--init-groups", "--"]
            : runuser is not null ? [runuser, "-u", user[0], "--"]
            : throw new DeliveryException($"PostgreSQL does not run as root, and neither setpriv nor runuser is here to become {user[0]}; install util-linux or run as a normal user");
        return new ClusterUser(user[0], user[3], prefix);
    }

    /// <summary>Runs a program as this user.</summary>
    public Task<ProgramRun?> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        string[] line = [.. prefix, program, .. arguments];
        return ProgramRun.TryAsync(line[0], line.Skip(1), cancellation);
    }

    /// <summary>Whether this user can reach what lies in a folder.</summary>
    public async Task<bool> MayEnterAsync(string folder, CancellationToken cancellation) =>
        Name is null || await RunAsync("/bin/sh", ["-c", "cd \"$1\"", "sh", folder], cancellation) is { ExitCode: 0 };

    /// <summary>Whether this user can start a program.</summary>
    public async Task<bool> MayRunAsync(string program, CancellationToken cancellation) =>
        Name is null || await RunAsync(program, ["--version"], cancellation) is { ExitCode: 0 };

    /// <summary>Makes a folder of mode 0700, or a file, this user's own.</summary>
    /// <exception cref="DeliveryException">It cannot be given away.</exception>
    public async Task OwnAsync(string path, CancellationToken cancellation)
    {
        if (Name is null)
            return;
        var run = await ProgramRun.TryAsync("chown", [string.Create(CultureInfo.InvariantCulture, $"{Name}:{group}"), path], cancellation);
        if (run is not { ExitCode: 0 })
            throw new DeliveryException($"{path}: cannot be given to user {Name} ({run?.Error.Trim() ?? "chown is missing"}); allow it or run as a normal user");
    }
}
