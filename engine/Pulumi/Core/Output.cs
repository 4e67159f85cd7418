using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Makes and joins <see cref="Output{T}"/>s.</summary>
public static partial class Output
{
    /// <summary>Makes an output of a value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    public static Output<T> Create<T>(T value) => Output<T>.Of(OutputData<T>.Plain(value));

    /// <summary>Makes an output of a task's result.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The task.</param>
    public static Output<T> Create<T>(Task<T> value) => Output<T>.Create(value);

    /// <summary>Makes a secret output of a value.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    public static Output<T> CreateSecret<T>(T value) => Output<T>.Of(new OutputData<T>(value, IsKnown: true, IsSecret: true, []));

    /// <summary>Makes a secret output of a task's result.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The task.</param>
    public static Output<T> CreateSecret<T>(Task<T> value) => Output<T>.Create(value, isSecret: true);

    /// <summary>The same output as a secret; the given one does not change.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The output.</param>
    public static Output<T> CreateSecret<T>(Output<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.With(static data => data with { IsSecret = true });
    }

    /// <summary>The same output, not secret any more; the given one does not change.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="output">The output.</param>
    public static Output<T> Unsecret<T>(Output<T> output) => output.With(static data => data with { IsSecret = false });

    /// <summary>Whether an output is secret.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="output">The output.</param>
    public static async Task<bool> IsSecretAsync<T>(Output<T> output) => (await output.DataTask.ConfigureAwait(false)).IsSecret;

    /// <summary>One output of all values, in order: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="inputs">The values.</param>
    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => AllOf(Array.ConvertAll(inputs, static input => input.ToOutput()));

    /// <summary>One output of all values, in order: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="inputs">The values.</param>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => AllOf([.. inputs.Select(static input => input.ToOutput())]);

    /// <summary>One output of all values, in order: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="outputs">The values.</param>
    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => AllOf([.. outputs]);

    /// <summary>One output of all values, in order: unknown if any is unknown, secret if any is secret.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="outputs">The values.</param>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs) => AllOf([.. outputs]);

    /// <summary>
    /// Formats a text with inputs and outputs in its holes, with the invariant culture:
    /// <c>Output.Format($"https://{host}:{port}/")</c>. Unknown if any hole is unknown, secret if any is secret.
    /// </summary>
    /// <param name="formattableString">The interpolated text.</param>
    public static Output<string> Format(FormattableString formattableString) => new(FormatAsync(formattableString));

    /// <summary>
    /// Writes a value as JSON. Inputs and outputs inside it are written as their values; the whole text is unknown if any of them is
    /// unknown and secret if any is secret.
    /// </summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="options">How to write; the defaults of System.Text.Json when null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Output<string>(OutputJson.SerializeAsync(value.DataTask, options));
    }

    /// <summary>Reads a value from JSON; outputs inside it share what is known about the text.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="json">The text.</param>
    /// <param name="options">How to read; the defaults of System.Text.Json when null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new Output<T>(OutputJson.DeserializeAsync<T>(json.DataTask, options));
    }

    private static Output<ImmutableArray<T>> AllOf<T>(Output<T>[] outputs)
    {
        return new Output<ImmutableArray<T>>(JoinAsync(outputs));

        static async Task<OutputData<ImmutableArray<T>>> JoinAsync(Output<T>[] outputs)
        {
            var joiner = default(DataJoiner);
            var values = ImmutableArray.CreateBuilder<T>(outputs.Length);
            foreach (var output in outputs)
            {
                values.Add(joiner.Add(await output.DataTask.ConfigureAwait(false)));
            }

            return joiner.Complete(values.MoveToImmutable());
        }
    }

    private static async Task<OutputData<string>> FormatAsync(FormattableString text)
    {
        var joiner = default(DataJoiner);
        var holes = (object?[])text.GetArguments().Clone();
        for (var i = 0; i < holes.Length; i++)
        {
            if ((holes[i] as IOutput ?? (holes[i] as IInput)?.ToOutput()) is { } output)
            {
                holes[i] = joiner.Add(await output.GetDataAsync().ConfigureAwait(false));
            }
        }

        return joiner.Complete(joiner.IsKnown ? string.Format(CultureInfo.InvariantCulture, text.Format, holes) : "");
    }
}
