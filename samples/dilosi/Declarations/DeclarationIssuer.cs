using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dilosi.Documents;
using Dilosi.Runtime;
using Dilosi.Storage;

namespace Dilosi.Declarations;

/// <summary>Issues declarations, each once: whoever sends the same request again gets the same document.</summary>
public sealed class DeclarationIssuer(DeclarationStore store, DocumentRenderer renderer, DilosiMetrics metrics, TimeProvider clock)
{
    /// <summary>Issues a declaration.</summary>
    /// <param name="idempotencyKey">What the client calls this request; it uses the same key when it tries again.</param>
    /// <param name="declaration">The declaration.</param>
    /// <param name="cancellationToken">Gives up; the document may have been issued, and the same key finds it.</param>
    /// <exception cref="IdempotencyConflictException">The key was used for another declaration.</exception>
    public async Task<IssueResult> IssueAsync(string idempotencyKey, Declaration declaration, CancellationToken cancellationToken)
    {
        var requestHash = Hash(declaration);
        StoredIssue? stored = null;
        while (stored is null)
        {
            // Nothing comes back when the code exists already (one in 2^80), or when somebody with the same key is a moment ahead of us.
            var issued = new IssuedDeclaration(VerificationCode.New(), declaration, Microseconds(clock.GetUtcNow()));
            var content = renderer.Render(issued);
            var document = new IssuedDocument(issued.Code, declaration.Type, issued.IssuedAt, Convert.ToHexStringLower(SHA256.HashData(content)));
            stored = await store.IssueAsync(idempotencyKey, requestHash, document, content, cancellationToken);
        }

        if (!stored.RequestHash.AsSpan().SequenceEqual(requestHash))
        {
            throw new IdempotencyConflictException();
        }

        metrics.Issued(stored.Document.Type, stored.Replayed);
        return new IssueResult(stored.Document, stored.Replayed);
    }

    private static byte[] Hash(Declaration declaration) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(declaration, DeclarationJson.Default.Declaration)));

    // What the database keeps; the document must not say more.
    private static DateTimeOffset Microseconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
