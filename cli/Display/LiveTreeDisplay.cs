using AppStack.Engine.Events;
using Spectre.Console;

namespace AppStack.Cli.Display;

/// <summary>The live tree on a terminal.</summary>
internal sealed class LiveTreeDisplay(IAnsiConsole console, StyledWriter output, string title, bool preview, int expected, TimeProvider time) : IOperationDisplay
{
    // Ten pictures a second look smooth and cost under two percent of a core.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private ProgressModel _model = new() { Expected = expected };

    /// <inheritdoc/>
    public void Handle(EngineEvent happened) => Volatile.Write(ref _model, Volatile.Read(ref _model).Apply(happened));

    /// <inheritdoc/>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation)
    {
        var began = time.GetUtcNow();
        var running = Task.Run(operation);
        await console.Live(Picture(began)).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async context =>
        {
            while (!running.IsCompleted)
            {
                context.UpdateTarget(Picture(began));
                await Task.WhenAny(running, Task.Delay(Interval, time));
            }
        });
        console.Write(LiveTree.DrawEnd(title, _model));
        var result = await running;
        console.WriteLine();
        output.Write(SummaryText.Of(_model, preview));
        return result;
    }

    private Spectre.Console.Rendering.IRenderable Picture(DateTimeOffset began) =>
        LiveTree.Draw(title, Volatile.Read(ref _model), began, time.GetUtcNow(), console.Profile.Height);
}
