using Dilosi.Declarations;
using Dilosi.Documents;
using Npgsql;
using Polly;

namespace Dilosi.Storage;

/// <summary>
/// The documents in PostgreSQL. Every statement is one round trip and may be repeated, so it is: while the database changes its
/// leader, requests wait instead of failing.
/// </summary>
public sealed class DeclarationStore(NpgsqlDataSource database, ResiliencePipeline retry)
{
    private const string Issue = """
        WITH issued AS (
            INSERT INTO declarations (code, idempotency_key, request_hash, type, issued_at, sha256, content)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT DO NOTHING
            RETURNING code, request_hash, type, issued_at, sha256)
        SELECT *, false FROM issued
        UNION ALL
        SELECT code, request_hash, type, issued_at, sha256, true
        FROM declarations
        WHERE idempotency_key = $2 AND NOT EXISTS (SELECT FROM issued)
        """;

    private const string Find = "SELECT type, issued_at, sha256 FROM declarations WHERE code = $1";
    private const string Content = "SELECT content FROM declarations WHERE code = $1";

    /// <summary>Keeps a document, unless one belongs to the key already.</summary>
    /// <returns>The document that belongs to the key; <see langword="null"/> when it cannot be told yet: try with another code.</returns>
    /// <exception cref="NpgsqlException">The database did not answer for as long as requests wait, or refused.</exception>
    public Task<StoredIssue?> IssueAsync(
        string idempotencyKey, byte[] requestHash, IssuedDocument document, byte[] content, CancellationToken cancellationToken) =>
        RunAsync<StoredIssue?>(
            Issue,
            [document.Code.Value, idempotencyKey, requestHash, document.Type.Word(), document.IssuedAt.UtcDateTime, document.Sha256, content],
            row => new StoredIssue(
                Document(row.GetString(0), row.GetString(2), row.GetDateTime(3), row.GetString(4)), row.GetFieldValue<byte[]>(1), row.GetBoolean(5)),
            cancellationToken);

    /// <summary>The document with that code, or <see langword="null"/>.</summary>
    /// <exception cref="NpgsqlException">The database did not answer for as long as requests wait, or refused.</exception>
    public Task<IssuedDocument?> FindAsync(VerificationCode code, CancellationToken cancellationToken) =>
        RunAsync<IssuedDocument?>(
            Find, [code.Value], row => Document(code.Value, row.GetString(0), row.GetDateTime(1), row.GetString(2)), cancellationToken);

    /// <summary>The content of the document with that code, or <see langword="null"/>.</summary>
    /// <exception cref="NpgsqlException">The database did not answer for as long as requests wait, or refused.</exception>
    public Task<byte[]?> ContentAsync(VerificationCode code, CancellationToken cancellationToken) =>
        RunAsync<byte[]?>(Content, [code.Value], row => row.GetFieldValue<byte[]>(0), cancellationToken);

    /// <summary>Asks whether the database is there and has the tables of this version.</summary>
    /// <exception cref="NpgsqlException">It is not, or has not.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT FROM declarations LIMIT 0");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static IssuedDocument Document(string code, string type, DateTime issuedAt, string sha256) =>
        VerificationCode.TryParse(code, out var parsed)
            ? new IssuedDocument(parsed, DeclarationTypes.Parse(type), new DateTimeOffset(issuedAt, TimeSpan.Zero), sha256)
            : throw new InvalidOperationException($"The database holds the code '{code}', which is none.");

    private async Task<T?> RunAsync<T>(string sql, object[] values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        await retry.ExecuteAsync(
            async token =>
            {
                await using var command = database.CreateCommand(sql);
                foreach (var value in values)
                {
                    command.Parameters.Add(new NpgsqlParameter { Value = value });
                }

                await using var rows = await command.ExecuteReaderAsync(token);
                return await rows.ReadAsync(token) ? read(rows) : default;
            },
            cancellationToken);
}
