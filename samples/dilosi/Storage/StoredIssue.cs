using Dilosi.Documents;

namespace Dilosi.Storage;

/// <summary>The document that belongs to an idempotency key.</summary>
/// <param name="Document">The document.</param>
/// <param name="RequestHash">The hash of the request that issued it.</param>
/// <param name="Replayed">Whether it was there before.</param>
public sealed record StoredIssue(IssuedDocument Document, byte[] RequestHash, bool Replayed);
