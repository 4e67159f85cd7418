using Dilosi.Declarations;
using Dilosi.Documents;

namespace Dilosi.Api;

/// <summary>A document, as clients see it.</summary>
/// <param name="Code">Its code, in groups of four characters.</param>
/// <param name="Type">The kind of document.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="Sha256">The SHA-256 of its content: whoever holds a copy can compare.</param>
/// <param name="DocumentUrl">Where its content is.</param>
/// <param name="VerificationUrl">Where it can be verified.</param>
public sealed record DocumentResponse(string Code, DeclarationType Type, DateTimeOffset IssuedAt, string Sha256, string DocumentUrl, string VerificationUrl)
{
    /// <summary>The response for a document.</summary>
    public static DocumentResponse Of(IssuedDocument document, DilosiOptions options) => new(
        document.Code.ToString(),
        document.Type,
        document.IssuedAt,
        document.Sha256,
        $"{options.PublicUrl}/api/documents/{document.Code}",
        $"{options.PublicUrl}/api/verifications/{document.Code}");
}
