using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

public static partial class DockerAliases
{
    /// <summary>Logs in to a registry; without a server, to docker's default one.</summary>
    [CakeMethodAlias]
    public static void DockerLogin(this ICakeContext context, string username, string password, string? server = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(username);
        ArgumentException.ThrowIfNullOrEmpty(password);
        DockerLogin(context, new DockerRegistryLoginSettings { Username = username, Password = password }, server);
    }

    /// <summary>Logs in to a registry; without a server, to docker's default one.</summary>
    [CakeMethodAlias]
    public static void DockerLogin(this ICakeContext context, DockerRegistryLoginSettings settings, string? server = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Tool<DockerRegistryLoginSettings>(context, "login").Run(settings, server is null ? [] : [server]);
    }

    /// <summary>Forgets the password of a registry; without a server, of docker's default one.</summary>
    [CakeMethodAlias]
    public static void DockerLogout(this ICakeContext context, string? server = null) =>
        Tool<DockerRegistryLogoutSettings>(context, "logout").Run(new(), server is null ? [] : [server]);
}
