using System.Text;
using YamlDotNet.Serialization;

namespace Pipeline.Engines.Docker.Compose;

/// <summary>
/// Writes compose files that <c>docker-compose</c> from 1.29 and <c>docker compose</c> read alike. See https://github.com/compose-spec/compose-spec.
/// </summary>
public static class ComposeFile
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The containers' users are none of this machine; the folder keeps everybody else away from the files.
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The text of the file. It holds no secret.</summary>
    public static string Render(ComposeProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        var document = new Dictionary<string, object>
        {
            ["services"] = project.Services.ToDictionary(service => service.Name, service => ComposeText.Of(service, project.Folder)),
        };
        var volumes = project.Services.SelectMany(service => service.Container.Volumes).Select(volume => volume.Volume).Distinct().Order(StringComparer.Ordinal).ToList();
        if (volumes.Count > 0)
            document["volumes"] = volumes.ToDictionary(volume => volume, _ => new Dictionary<string, object>());
        var secrets = project.Services.SelectMany(service => service.Secrets).Distinct().Order(StringComparer.Ordinal).ToList();
        if (secrets.Count > 0)
            document["secrets"] = secrets.ToDictionary(secret => secret, secret => new Dictionary<string, object> { ["file"] = $"{project.Folder}/{secret}" });
        if (project.Subnet is { } subnet)
            document["networks"] = new Dictionary<string, object> { [ComposeText.Network] = new Dictionary<string, object> { ["ipam"] = Addresses(subnet) } };
        var text = new StringBuilder();
        foreach (var remark in project.Remarks)
            text.Append("# ").Append(remark).Append('\n');
        var yaml = new SerializerBuilder().WithQuotingNecessaryStrings().WithIndentedSequences().DisableAliases().Build();
        return text.Append(yaml.Serialize(document).ReplaceLineEndings("\n")).ToString();
    }

    /// <summary>Writes the compose file, and beside it the folder with secrets and other files, which nobody but this user may look into.</summary>
    /// <param name="project">The project.</param>
    /// <param name="path">The compose file.</param>
    public static void Write(ComposeProject project, string path)
    {
        ArgumentNullException.ThrowIfNull(project);
        var file = Path.GetFullPath(path);
        var folder = Path.GetFullPath(project.Folder, Path.GetDirectoryName(file)!);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, FolderMode);
        foreach (var (name, content) in project.Secrets.Concat(project.Files))
            WriteOne(Path.Combine(folder, name), content);
        File.WriteAllText(file, Render(project));
    }

    private static Dictionary<string, object> Addresses(string subnet) =>
        new() { ["config"] = new[] { new Dictionary<string, string> { ["subnet"] = subnet } } };

    private static void WriteOne(string path, string content)
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode;
        File.Delete(path);
        using var writer = new StreamWriter(path, options);
        writer.Write(content);
    }
}
