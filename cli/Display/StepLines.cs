using AppStack.Engine.Events;
using AppStack.Engine.Model.Registration;

namespace AppStack.Cli.Display;

/// <summary>The line log: one line for each thing that happens to a resource that changes.</summary>
internal static class StepLines
{
    /// <summary>The lines for one event; most events about unchanged resources have none.</summary>
    public static IEnumerable<string> Of(EngineEvent happened) => happened switch
    {
        EngineEvent.ResourcePre { Planning: true } => [],
        EngineEvent.ResourcePre pre when Told(pre.Step) => [Line(pre.Step, StepWords.Running(pre.Step.Kind))],
        EngineEvent.ResourceOutputs { Planning: true } planned when Told(planned.Step) => [Line(planned.Step, StepWords.Planned(planned.Step.Kind))],
        EngineEvent.ResourceOutputs { Planning: false } done when Told(done.Step) => [Line(done.Step, $"{StepWords.Done(done.Step.Kind)} ({ElapsedText.Of(done.Elapsed)})")],
        EngineEvent.ResourceFailed failed => [Line(failed.Step, $"{StepWords.Running(failed.Step.Kind)} failed ({ElapsedText.Of(failed.Elapsed)})")],
        EngineEvent.Diagnostic { Message: { Severity: >= LogSeverity.Warning } message } => Message(message),
        EngineEvent.Cancel => ["Stopping: running steps finish, nothing new begins. Press Ctrl-C again to break off what runs."],
        _ => [],
    };

    private static bool Told(StepDescription step) => step.Kind != StepKind.Same && !(UrnText.IsStack(step.Urn) && step.Kind == StepKind.Update);

    private static string Line(StepDescription step, string what)
    {
        var changes = ProgressModel.ChangesOf(step);
        var diff = changes.IsEmpty ? "" : $" [diff: {string.Join(",", changes)}]";
        return $" {StepWords.Sign(step.Kind)} {UrnText.Type(step.Urn)} {UrnText.Name(step.Urn)} {what}{diff}";
    }

    private static IEnumerable<string> Message(LogMessage message)
    {
        var about = message.Urn is null ? "" : $"{UrnText.Name(message.Urn)}: ";
        var label = message.Severity == LogSeverity.Error ? "error: " : "warning: ";
        return [$"    {about}{label}{message.Message.TrimEnd().Replace("\n", "\n      ", StringComparison.Ordinal)}"];
    }
}
