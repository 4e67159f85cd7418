using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Command;

/// <summary>One run of one of a resource's commands.</summary>
/// <param name="Command">The command line.</param>
/// <param name="Inputs">The resource's inputs.</param>
/// <param name="PreviousOutputs">The outputs of the run before; empty for the first.</param>
/// <param name="Timeout">The limit; <see langword="null"/> for none.</param>
/// <param name="Log">Where its output goes.</param>
internal sealed record CommandRun(string Command, PropertyMap Inputs, PropertyMap PreviousOutputs, TimeSpan? Timeout, IOperationLog Log);
