using Npgsql;

namespace Pipeline.Postgres.Connections;

/// <summary>Commands with positional parameters.</summary>
internal static class Sql
{
    public static NpgsqlCommand Command(NpgsqlConnection connection, string text, params object?[] values)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    public static async Task<int> ExecuteAsync(NpgsqlConnection connection, string text, object?[] values, CancellationToken cancellation)
    {
        await using var command = Command(connection, text, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<List<T>> QueryAsync<T>(
        NpgsqlConnection connection, string text, object?[] values, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = Command(connection, text, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>A text that may be absent.</summary>
    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
