using System.Collections.Immutable;

namespace Pulumi;

/// <summary>
/// A value that becomes available while the program runs, together with the resources that it came from, whether it is known
/// (previews have unknown values) and whether it is secret.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Output<T> : IOutput
{
    // ImmutableArray is the one value type whose default cannot be enumerated; the comparer tells it from an empty array.
    private static readonly bool IsImmutableArray = typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    /// <summary>Makes an output that the run waits for.</summary>
    internal Output(Task<OutputData<T>> dataTask)
        : this(dataTask, track: true)
    {
    }

    /// <summary>Makes an output; with <paramref name="track"/> off, whoever completes it is already waited for.</summary>
    internal Output(Task<OutputData<T>> dataTask, bool track)
    {
        DataTask = dataTask;
        if (track && !dataTask.IsCompletedSuccessfully)
        {
            Deployment.TrackOutput(dataTask);
        }
    }

    /// <summary>The value with all that is known about it.</summary>
    internal Task<OutputData<T>> DataTask { get; }

    /// <summary>Makes an output of a task's result.</summary>
    /// <param name="value">The task.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static Output<T> Create(Task<T> value) => Create(value, isSecret: false);

    /// <summary>Makes an output of what <paramref name="func"/> gives for the value; it is not called for an unknown value.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="func">The function.</param>
    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => new(ApplyAsync(DataTask, func));

    /// <summary>Makes an output of the task that <paramref name="func"/> gives for the value; it is not called for an unknown value.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="func">The function.</param>
    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => new(ApplyTaskAsync(DataTask, func));

    /// <summary>Makes an output of the input that <paramref name="func"/> gives for the value; it is not called for an unknown value.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="func">The function.</param>
    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) => new(ApplyOutputAsync(DataTask, value => func(value)?.AsOutput));

    /// <summary>Makes an output of the output that <paramref name="func"/> gives for the value; it is not called for an unknown value.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="func">The function.</param>
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) => new(ApplyOutputAsync(DataTask, func));

    /// <summary>Makes an output that completes when the task that <paramref name="func"/> starts for the value has completed.</summary>
    /// <param name="func">The function.</param>
    public Output<ValueTuple> Apply(Func<T, Task> func) => new(ApplyTaskAsync(DataTask, async value =>
    {
        await func(value).ConfigureAwait(false);
        return default(ValueTuple);
    }));

    /// <summary>Like <see cref="Apply{TResult}(Func{T, Output{TResult}})"/>, for a function that takes any value.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="func">The function.</param>
    public Output<TResult> UntypedApply<TResult>(Func<object?, Output<TResult>> func) => new(ApplyOutputAsync(DataTask, value => func(value)));

    /// <summary>
    /// An output has no text of its own: this logs a warning and gives a text that explains what to do instead
    /// (<see cref="Output.Format"/>, or Apply).
    /// </summary>
    /// <exception cref="InvalidOperationException">The environment variable <c>PULUMI_ERROR_OUTPUT_STRING</c> is <c>1</c> or <c>true</c>.</exception>
    public override string ToString()
    {
        const string Message =
            """
            Calling [ToString] on an [Output<T>] is not supported.

            To get the value of an Output<T> as an Output<string> consider:
            1. o.Apply(v => $"prefix{v}suffix")
            2. Output.Format($"prefix{hostname}suffix");

            See https://www.pulumi.com/docs/concepts/inputs-outputs for more details.
            """;
        var refuse = Environment.GetEnvironmentVariable("PULUMI_ERROR_OUTPUT_STRING");
        if (refuse == "1" || string.Equals(refuse, "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(Message);
        }

        Log.Warn(Message);
        return Message + Environment.NewLine + "This function may throw in a future version of Pulumi.";
    }

    async ValueTask<OutputData<object?>> IOutput.GetDataAsync()
    {
        var data = await DataTask.ConfigureAwait(false);
        return new OutputData<object?>(Box(data.Value), data.IsKnown, data.IsSecret, data.Resources);
    }

    internal static Output<T> Create(Task<T> value, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Output<T>(ResolveAsync(value, isSecret));
    }

    internal static Output<T> Of(OutputData<T> data) => new(Task.FromResult(data), track: false);

    /// <summary>The same output with its facts replaced by what <paramref name="change"/> makes of them.</summary>
    internal Output<T> With(Func<OutputData<T>, OutputData<T>> change)
    {
        return new Output<T>(ChangeAsync(DataTask, change));

        static async Task<OutputData<T>> ChangeAsync(Task<OutputData<T>> task, Func<OutputData<T>, OutputData<T>> change) =>
            change(await task.ConfigureAwait(false));
    }

    internal Output<T> WithIsSecret(Task<bool> isSecret)
    {
        return new Output<T>(MarkAsync());

        async Task<OutputData<T>> MarkAsync()
        {
            var data = await DataTask.ConfigureAwait(false);
            return data with { IsSecret = await isSecret.ConfigureAwait(false) };
        }
    }

    internal async Task<T> GetValueAsync(T whenUnknown)
    {
        var data = await DataTask.ConfigureAwait(false);
        return data.IsKnown ? data.Value : whenUnknown;
    }

    private static object? Box(T value) =>
        IsImmutableArray && EqualityComparer<T>.Default.Equals(value, default) ? Array.Empty<object>() : value;

    private static async Task<OutputData<T>> ResolveAsync(Task<T> value, bool isSecret) =>
        new(await value.ConfigureAwait(false), IsKnown: true, isSecret, []);

    private static async Task<OutputData<TResult>> ApplyAsync<TResult>(Task<OutputData<T>> source, Func<T, TResult> func)
    {
        var data = await source.ConfigureAwait(false);
        return data.IsKnown ? new(func(data.Value), IsKnown: true, data.IsSecret, data.Resources) : Unknown<TResult>(data);
    }

    private static async Task<OutputData<TResult>> ApplyTaskAsync<TResult>(Task<OutputData<T>> source, Func<T, Task<TResult>> func)
    {
        var data = await source.ConfigureAwait(false);
        return data.IsKnown
            ? new(await func(data.Value).ConfigureAwait(false), IsKnown: true, data.IsSecret, data.Resources)
            : Unknown<TResult>(data);
    }

    private static async Task<OutputData<TResult>> ApplyOutputAsync<TResult>(Task<OutputData<T>> source, Func<T, Output<TResult>?> func)
    {
        var data = await source.ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return Unknown<TResult>(data);
        }

        if (func(data.Value) is not { } inner)
        {
            return new(default!, IsKnown: true, data.IsSecret, data.Resources);
        }

        var innerData = await inner.DataTask.ConfigureAwait(false);
        return new(innerData.Value, innerData.IsKnown, data.IsSecret || innerData.IsSecret, DataJoiner.Union(data.Resources, innerData.Resources));
    }

    private static OutputData<TResult> Unknown<TResult>(OutputData<T> data) => new(default!, IsKnown: false, data.IsSecret, data.Resources);
}
