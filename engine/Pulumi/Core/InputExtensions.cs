namespace Pulumi;

/// <summary>Works with inputs as with outputs; a missing input counts as the known default value of its type.</summary>
public static class InputExtensions
{
    /// <summary>Makes an output of what <paramref name="func"/> gives for the value; it is not called for an unknown value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="input">The input.</param>
    /// <param name="func">The function.</param>
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, TResult> func) => input.ToOutput().Apply(func);

    /// <summary>Makes an output of the task that <paramref name="func"/> gives for the value; it is not called for an unknown value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="input">The input.</param>
    /// <param name="func">The function.</param>
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Task<TResult>> func) => input.ToOutput().Apply(func);

    /// <summary>Makes an output of the input that <paramref name="func"/> gives for the value; it is not called for an unknown value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="input">The input.</param>
    /// <param name="func">The function.</param>
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Input<TResult>?> func) => input.ToOutput().Apply(func);

    /// <summary>Makes an output of the output that <paramref name="func"/> gives for the value; it is not called for an unknown value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="input">The input.</param>
    /// <param name="func">The function.</param>
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Output<TResult>?> func) => input.ToOutput().Apply(func);

    /// <summary>The input as an output.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="input">The input.</param>
    public static Output<T> ToOutput<T>(this Input<T>? input) => input is null ? Output.Create(default(T)!) : input.AsOutput;
}
