namespace Dilosi.Declarations;

/// <summary>A declaration that has become a document.</summary>
/// <param name="Code">The code by which anybody finds and verifies it.</param>
/// <param name="Declaration">What was declared.</param>
/// <param name="IssuedAt">When, in UTC, to the microsecond (what the database keeps).</param>
public sealed record IssuedDeclaration(VerificationCode Code, Declaration Declaration, DateTimeOffset IssuedAt);
