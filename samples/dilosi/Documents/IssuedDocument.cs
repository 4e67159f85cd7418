using Dilosi.Declarations;

namespace Dilosi.Documents;

/// <summary>A document as it is kept.</summary>
/// <param name="Code">The code by which anybody finds and verifies it.</param>
/// <param name="Type">The kind of document.</param>
/// <param name="IssuedAt">When it was issued, in UTC.</param>
/// <param name="Sha256">The SHA-256 of its content, in lower-case hexadecimal digits.</param>
public sealed record IssuedDocument(VerificationCode Code, DeclarationType Type, DateTimeOffset IssuedAt, string Sha256);
