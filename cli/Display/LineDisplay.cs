using AppStack.Engine.Events;

namespace AppStack.Cli.Display;

/// <summary>
/// A log of lines: for pipes and files, and, with the diff of every step, for <c>--diff</c> on a terminal too.
/// </summary>
internal sealed class LineDisplay(StyledWriter output, string title, bool preview, bool diff) : IOperationDisplay
{
    /// <summary>What happened so far.</summary>
    public ProgressModel Model { get; private set; } = new();

    /// <inheritdoc/>
    public void Handle(EngineEvent happened)
    {
        Model = Model.Apply(happened);
        if (diff && happened is EngineEvent.ResourcePre pre)
        {
            if (pre.Step.Kind is not (StepKind.Same or StepKind.CreateReplacement or StepKind.DeleteReplaced))
            {
                output.Write(DiffText.Of(pre.Step));
            }

            return;
        }

        if (diff && preview && happened is EngineEvent.ResourceOutputs)
        {
            return;
        }

        foreach (var line in StepLines.Of(happened))
        {
            output.Write(new Styled(line));
        }
    }

    /// <inheritdoc/>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation)
    {
        output.Write(new Styled(title + ":", "bold"));
        var result = await operation();
        output.Write(new Styled(""));
        output.Write(SummaryText.Of(Model, preview));
        return result;
    }
}
