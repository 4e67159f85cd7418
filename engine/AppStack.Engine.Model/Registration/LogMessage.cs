namespace AppStack.Engine.Model.Registration;

/// <summary>A message to the people who watch the run.</summary>
/// <param name="Severity">How serious it is; an error makes the run fail.</param>
/// <param name="Message">The text.</param>
/// <param name="Urn">The resource it concerns; <see langword="null"/> for the stack.</param>
/// <param name="StreamId">Groups pieces of one longer text; 0 for none.</param>
/// <param name="Ephemeral">Whether it is only worth showing while the run goes on.</param>
public sealed record LogMessage(LogSeverity Severity, string Message, string? Urn = null, int StreamId = 0, bool Ephemeral = false);
