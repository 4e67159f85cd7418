using Dilosi.Declarations;

namespace Dilosi.Api;

/// <summary>The answer to "is this document genuine?". It says nothing of what the document says.</summary>
/// <param name="Valid">Whether a document with that code was issued.</param>
/// <param name="Type">The kind of document.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="Sha256">The SHA-256 of its content.</param>
public sealed record VerificationResponse(bool Valid, DeclarationType? Type = null, DateTimeOffset? IssuedAt = null, string? Sha256 = null);
