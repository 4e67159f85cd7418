using Dilosi.Documents;

namespace Dilosi.Declarations;

/// <summary>What became of a request to issue.</summary>
/// <param name="Document">The document.</param>
/// <param name="Replayed">Whether an earlier request with the same key had issued it.</param>
public sealed record IssueResult(IssuedDocument Document, bool Replayed);
