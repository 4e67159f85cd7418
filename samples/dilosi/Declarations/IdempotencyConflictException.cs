namespace Dilosi.Declarations;

/// <summary>An idempotency key came a second time, with another declaration.</summary>
public sealed class IdempotencyConflictException()
    : Exception("The idempotency key was used for another declaration. Use a new key for each declaration.");
