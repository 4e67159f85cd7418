using AppStack.Engine.Events;
using AppStack.Engine.Imports;

namespace AppStack.Engine.Operations;

/// <summary>
/// The operations on one stack, each under the stack's lock. Cancelling the token asks for a graceful stop: running steps finish,
/// state is saved, the result says what is pending.
/// </summary>
public interface IStackOperations
{
    /// <summary>Tells what <see cref="UpAsync"/> would do; changes nothing and takes no lock.</summary>
    /// <param name="program">Runs the Pulumi program and gives its exit code.</param>
    /// <param name="options">How to run.</param>
    /// <param name="events">Receives every event, in order, never concurrently.</param>
    /// <param name="cancellationToken">Asks for a graceful stop.</param>
    Task<OperationResult> PreviewAsync(Func<Task<int>> program, OperationOptions options, Action<EngineEvent> events, CancellationToken cancellationToken);

    /// <summary>Makes what exists equal to what the program declares.</summary>
    /// <inheritdoc cref="PreviewAsync" path="/param"/>
    Task<OperationResult> UpAsync(Func<Task<int>> program, OperationOptions options, Action<EngineEvent> events, CancellationToken cancellationToken);

    /// <summary>Brings state up to date with what exists.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="preview">Whether to only tell.</param>
    /// <param name="events">Receives every event, in order, never concurrently.</param>
    /// <param name="cancellationToken">Asks for a graceful stop.</param>
    Task<OperationResult> RefreshAsync(OperationOptions options, bool preview, Action<EngineEvent> events, CancellationToken cancellationToken);

    /// <summary>Deletes every resource of the stack.</summary>
    /// <inheritdoc cref="RefreshAsync" path="/param"/>
    Task<OperationResult> DestroyAsync(OperationOptions options, bool preview, Action<EngineEvent> events, CancellationToken cancellationToken);

    /// <summary>Takes existing resources over into the state; no program is run.</summary>
    /// <param name="file">The resources.</param>
    /// <param name="protect">Whether they are protected.</param>
    /// <param name="options">How to run.</param>
    /// <param name="preview">Whether to only tell.</param>
    /// <param name="events">Receives every event, in order, never concurrently.</param>
    /// <param name="cancellationToken">Asks for a graceful stop.</param>
    Task<OperationResult> ImportAsync(
        ImportFile file, bool protect, OperationOptions options, bool preview, Action<EngineEvent> events, CancellationToken cancellationToken);
}
