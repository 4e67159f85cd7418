namespace Pulumi;

/// <summary>An output that can be handed out before it is known where its value comes from.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class DeferredOutput<T>
{
    private readonly TaskCompletionSource<Output<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes an output without a source.</summary>
    public DeferredOutput()
    {
        Output = new Output<T>(FollowAsync(_source.Task));
    }

    /// <summary>The output; it completes after <see cref="Resolve"/>.</summary>
    public Output<T> Output { get; }

    /// <summary>Says where the value comes from.</summary>
    /// <param name="output">The source.</param>
    /// <exception cref="InvalidOperationException">It was said before.</exception>
    public void Resolve(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!_source.TrySetResult(output))
        {
            throw new InvalidOperationException("DeferredOutput can only be resolved once.");
        }
    }

    private static async Task<OutputData<T>> FollowAsync(Task<Output<T>> source)
    {
        var output = await source.ConfigureAwait(false);
        return await output.DataTask.ConfigureAwait(false);
    }
}
