namespace AppStack.Operations.Verification;

/// <summary>What became of a login.</summary>
/// <param name="Failure">How far it did not get.</param>
/// <param name="Milliseconds">From the start of the connection to the answer of the server.</param>
/// <param name="InRecovery">Whether the server that answered is a standby; says nothing after a failure.</param>
/// <param name="Message">What PgBouncer, the server or this machine said; empty after a success. Holds no password.</param>
internal sealed record LoginOutcome(LoginFailure Failure, double Milliseconds, bool InRecovery = false, string Message = "");
