using AppStack.Engine.Events;

namespace AppStack.Cli.Display;

/// <summary>One JSON object on a line for each event, for programs.</summary>
internal sealed class JsonDisplay(Stream output) : IOperationDisplay
{
    /// <inheritdoc/>
    public void Handle(EngineEvent happened)
    {
        if (EventJson.Write(happened) is { } line)
        {
            output.Write(line);
            output.WriteByte((byte)'\n');
            output.Flush();
        }
    }

    /// <inheritdoc/>
    public Task<T> RunAsync<T>(Func<Task<T>> operation) => operation();
}
