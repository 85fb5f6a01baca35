using System.Text.Json;
using Pipeline.Delivery;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>What is remembered of a cluster beside its data and passwords.</summary>
/// <param name="Format">The version of this file.</param>
/// <param name="Location">The folder with the data, seen from the cluster's folder, so that both may be moved together; absolute where it lies elsewhere.</param>
/// <param name="Major">PostgreSQL's major version that made the data.</param>
/// <param name="Port">The port that it listens on.</param>
/// <param name="Database">The application's database.</param>
/// <param name="User">The application's role.</param>
/// <param name="Prepared">Whether database and role are there.</param>
internal sealed record ClusterState(int Format, string Location, int Major, int Port, string Database, string User, bool Prepared)
{
    public const int PresentFormat = 1;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static ClusterState? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var state = Parse(path);
        return state.Format == PresentFormat ? state
            : throw new DeliveryException($"{path}: format {state.Format} is not known (this version knows {PresentFormat}); use the version of Pipeline that wrote it");
    }

    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.Serialize(this, Json));

    private static ClusterState Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ClusterState>(File.ReadAllText(path), Json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException cause)
        {
            throw new DeliveryException($"{path}: cannot be read ({cause.Message}); restore it, or remove the environment's data with --target Down --delete-data true", cause);
        }
    }
}
