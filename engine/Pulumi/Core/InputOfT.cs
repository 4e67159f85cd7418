namespace Pulumi;

/// <summary>
/// A value that a resource takes: a plain value or an <see cref="Output{T}"/>, both of which convert to it implicitly.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public class Input<T> : IInput
{
    private readonly T _value;
    private Output<T>? _output;

    private protected Input(T value) => _value = value;

    private protected Input(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _value = default!;
        _output = output;
    }

    /// <summary>For lists and maps, which keep their elements and make their output on demand.</summary>
    private protected Input() => _value = default!;

    object? IInput.Content => ContentCore;

    // The output of a plain value is made on demand: most inputs are plain and are only ever serialised.
    internal virtual Output<T> AsOutput => _output ??= Output.Create(_value);

    private protected virtual object? ContentCore => _output is null ? _value : _output;

    /// <summary>A plain value is an input.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Input<T>(T value) => new(value);

    /// <summary>An output is an input.</summary>
    /// <param name="value">The output.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static implicit operator Input<T>(Output<T> value) => new(value);

    /// <summary>An input is an output.</summary>
    /// <param name="input">The input.</param>
    public static implicit operator Output<T>(Input<T> input) => input.AsOutput;

    IOutput IInput.ToOutput() => AsOutput;

    /// <summary>The plain value, when the input is not an output.</summary>
    internal bool TryGetPlain(out T value)
    {
        value = _value;
        return _output is null;
    }
}
