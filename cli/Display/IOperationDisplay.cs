using AppStack.Engine.Events;

namespace AppStack.Cli.Display;

/// <summary>Shows an operation while it runs.</summary>
internal interface IOperationDisplay
{
    /// <summary>Takes the next event; called in order, never concurrently.</summary>
    void Handle(EngineEvent happened);

    /// <summary>Runs an operation under this display and shows its end.</summary>
    Task<T> RunAsync<T>(Func<Task<T>> operation);
}
