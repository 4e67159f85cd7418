using AppStack.Engine.Events;

namespace AppStack.Cli.Display;

/// <summary>A preview as one Markdown document, for a comment on a pull request.</summary>
/// <param name="output">Where it goes, when the preview has ended.</param>
/// <param name="stack">The stack's name.</param>
/// <param name="mask">Replaces secrets that the process has met in a text.</param>
internal sealed class MarkdownDisplay(TextWriter output, string stack, Func<string, string> mask) : IOperationDisplay
{
    private readonly List<EngineEvent> _events = [];

    /// <inheritdoc/>
    public void Handle(EngineEvent happened) => _events.Add(happened);

    /// <inheritdoc/>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation)
    {
        var result = await operation();
        output.Write(mask(MarkdownText.Of(stack, _events)));
        return result;
    }
}
