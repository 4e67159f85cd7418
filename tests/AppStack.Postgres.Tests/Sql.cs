using Npgsql;

namespace AppStack.Postgres.Tests;

/// <summary>Statements in one line.</summary>
internal static class Sql
{
    public static async Task<object?> ScalarAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The SQLSTATE with which a statement is refused.</summary>
    public static async Task<string> RefusedAsync(this NpgsqlConnection connection, string sql)
        => (await Assert.ThrowsAsync<PostgresException>(() => connection.ScalarAsync(sql))).SqlState;
}
