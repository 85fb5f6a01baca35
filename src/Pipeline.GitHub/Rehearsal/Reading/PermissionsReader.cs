using Pipeline.GitHub.Workflows.Rules;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Rehearsal.Reading;

/// <summary>Reads what the token may do: a word for all scopes, or each scope with its access.</summary>
internal static class PermissionsReader
{
    private const string Key = "permissions";

    internal static TokenPermissions? Read(Mapping of, Faults faults)
    {
        if (of.Take(Key) is not { } node)
            return null;
        if (node is YamlMappingNode)
        {
            Dictionary<string, string> scopes = new(StringComparer.Ordinal);
            foreach (var (scope, keyNode, value) in node.Entries())
            {
                if (value.Text() is "read" or "write" or "none")
                    scopes[scope] = value.Text()!;
                else
                    faults.Add((int)keyNode.Start.Line, $"permission {scope} is '{value.Text()}'; write read, write or none");
            }
            return new(scopes.Where(scope => scope.Value != "none").ToDictionary());
        }
        if (node.Text() is "read-all" or "write-all")
            return new(new Dictionary<string, string>(), node.Text()!.Split('-')[0]);
        faults.Add((int)node.Start.Line, $"permissions are '{node.Text()}'; write each scope with its access, or {{}} for none");
        return null;
    }
}
