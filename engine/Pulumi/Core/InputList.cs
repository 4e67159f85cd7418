using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>
/// A list that a resource takes: its elements may be plain values or outputs, and so may the whole list. Filled with a collection
/// initialiser, or converted from an array, a list or an output of one. Its elements cannot be read synchronously.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Pulumi's name.")]
[SuppressMessage("Design", "CA1010:Generic interface should also be implemented", Justification = "Elements are only known asynchronously.")]
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>
{
    private Input<ImmutableArray<Input<T>>> _elements;
    private Output<ImmutableArray<T>>? _values;

    /// <summary>An empty list.</summary>
    public InputList()
        : this(ImmutableArray<Input<T>>.Empty)
    {
    }

    private InputList(Input<ImmutableArray<Input<T>>> elements) => _elements = elements;

    internal override Output<ImmutableArray<T>> AsOutput =>
        _values ??= _elements.Apply(static elements => elements.IsDefault ? Output.Create(default(ImmutableArray<T>)) : Output.All(elements));

    /// <summary>Whether the list is known to have no elements, without waiting for anything.</summary>
    internal bool IsSurelyEmpty => _elements.TryGetPlain(out var elements) && elements.IsDefaultOrEmpty;

    private protected override object? ContentCore =>
        _elements.TryGetPlain(out var elements) ? (elements.IsDefault ? [] : elements) : _elements;

    /// <summary>A list of one plain value.</summary>
    /// <param name="value">The element.</param>
    public static implicit operator InputList<T>(T value) => new(ImmutableArray.Create<Input<T>>(value));

    /// <summary>A list of one output.</summary>
    /// <param name="value">The element.</param>
    public static implicit operator InputList<T>(Output<T> value) => new(ImmutableArray.Create<Input<T>>(value));

    /// <summary>A list of one input.</summary>
    /// <param name="value">The element.</param>
    public static implicit operator InputList<T>(Input<T> value) => new(ImmutableArray.Create<Input<T>>(value));

    /// <summary>A list of plain values.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator InputList<T>(T[] values) => new(OfValues(values));

    /// <summary>A list of outputs.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator InputList<T>(Output<T>[] values) => new(OfOutputs(values));

    /// <summary>A list of inputs.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator InputList<T>(Input<T>[] values) => new(ImmutableArray.Create(values));

    /// <summary>A list of plain values.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator InputList<T>(List<T> values) => new(OfValues(values));

    /// <summary>A list of outputs.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator InputList<T>(List<Output<T>> values) => new(OfOutputs(values));

    /// <summary>A list of inputs.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator InputList<T>(List<Input<T>> values) => new(ImmutableArray.CreateRange(values));

    /// <summary>A list of plain values.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator InputList<T>(ImmutableArray<T> values) => new(values.IsDefault ? default : OfValues(values));

    /// <summary>A list of outputs.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values) => new(values.IsDefault ? default : OfOutputs(values));

    /// <summary>A list of inputs.</summary>
    /// <param name="values">The elements.</param>
    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => new(values);

    /// <summary>A list that is itself an output.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator InputList<T>(Output<T[]> values) => new(values.Apply(static items => OfValues(items)));

    /// <summary>A list that is itself an output.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator InputList<T>(Output<List<T>> values) => new(values.Apply(static items => OfValues(items)));

    /// <summary>A list that is itself an output.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => new(values.Apply(static items => OfValues(items)));

    /// <summary>A list that is itself an output.</summary>
    /// <param name="values">The list.</param>
    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) =>
        new(values.Apply(static items => items.IsDefault ? default : OfValues(items)));

    /// <summary>Adds elements at the end.</summary>
    /// <param name="inputs">The elements.</param>
    public void Add(params Input<T>[] inputs) => AddRange(inputs);

    /// <summary>Adds a list at the end; exists for collection initialisers.</summary>
    /// <param name="inputs">The list.</param>
    public void Add(InputList<T> inputs) => AddRange(inputs);

    /// <summary>Adds a list at the end.</summary>
    /// <param name="inputs">The list.</param>
    public void AddRange(InputList<T> inputs)
    {
        _elements = Joined(inputs);
        _values = null;
    }

    /// <summary>A new list of this list's elements and then <paramref name="other"/>'s.</summary>
    /// <param name="other">The list to append.</param>
    public InputList<T> Concat(InputList<T> other) => new(Joined(other));

    /// <summary>The elements, once the list is known; none for an unknown list.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    [SuppressMessage("Design", "MA0061:Method overrides should not change default values", Justification = "Pulumi's shape.")]
    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        var values = await AsOutput.GetValueAsync(whenUnknown: []).WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var value in values)
        {
            yield return value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException($"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead.");

    internal InputList<T> Clone() => new(_elements);

    /// <summary>The elements each for itself.</summary>
    internal Output<ImmutableArray<Input<T>>> ElementsOutput => _elements.AsOutput;

    private static ImmutableArray<Input<T>> OfValues(IEnumerable<T> values) => [.. values.Select(static value => (Input<T>)value)];

    private static ImmutableArray<Input<T>> OfOutputs(IEnumerable<Output<T>> values) => [.. values.Select(static value => (Input<T>)value)];

    private Input<ImmutableArray<Input<T>>> Joined(InputList<T> other)
    {
        if (_elements.TryGetPlain(out var mine) && other._elements.TryGetPlain(out var others))
        {
            return mine.AddRange(others);
        }

        return Output.Tuple(_elements, other._elements).Apply(static both => both.Item1.AddRange(both.Item2));
    }
}
