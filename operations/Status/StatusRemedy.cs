namespace AppStack.Operations.Status;

/// <summary>What to do about something that is off.</summary>
/// <param name="Advice">What to look at, in a sentence.</param>
/// <param name="Command">The command to begin with; empty when there is none.</param>
/// <param name="Runbook">Where more stands, from the repository's root.</param>
public sealed record StatusRemedy(string Advice, string Command, string Runbook);
