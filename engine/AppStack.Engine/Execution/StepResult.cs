using AppStack.Engine.State;

namespace AppStack.Engine.Execution;

/// <summary>What became of a step.</summary>
/// <param name="State">The resource afterwards; <see langword="null"/> when it is gone, or the step failed and left it as it was.</param>
/// <param name="Succeeded">Whether the step was done as decided.</param>
internal sealed record StepResult(ResourceState? State, bool Succeeded)
{
    public static StepResult Failed { get; } = new(State: null, Succeeded: false);
}
