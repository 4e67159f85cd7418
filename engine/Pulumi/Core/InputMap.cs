using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>
/// A map that a resource takes: its values may be plain or outputs, and so may the whole map. Filled with a collection initialiser,
/// or converted from a dictionary or an output of one. Its values cannot be read synchronously.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Pulumi's name.")]
[SuppressMessage("Design", "CA1010:Generic interface should also be implemented", Justification = "Values are only known asynchronously.")]
public sealed class InputMap<TValue>
    : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    private Input<ImmutableDictionary<string, Input<TValue>>> _elements;
    private Output<ImmutableDictionary<string, TValue>>? _values;

    /// <summary>An empty map.</summary>
    public InputMap()
        : this(ImmutableDictionary<string, Input<TValue>>.Empty)
    {
    }

    private InputMap(Input<ImmutableDictionary<string, Input<TValue>>> elements) => _elements = elements;

    internal override Output<ImmutableDictionary<string, TValue>> AsOutput => _values ??= _elements.Apply(Flatten);

    private protected override object? ContentCore => _elements.TryGetPlain(out var elements) ? elements : _elements;

    /// <summary>Adds a value; see <see cref="Add(string, Input{TValue})"/>.</summary>
    /// <param name="key">The key.</param>
    [SuppressMessage("Design", "CA1044:Properties should not be write only", Justification = "Pulumi's shape, for object initialisers.")]
    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    /// <summary>A map of plain values.</summary>
    /// <param name="values">The map.</param>
    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => new(OfValues(values));

    /// <summary>A map of plain values.</summary>
    /// <param name="values">The map.</param>
    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => new(OfValues(values));

    /// <summary>A map that is itself an output.</summary>
    /// <param name="values">The map.</param>
    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) => new(values.Apply(static map => OfValues(map)));

    /// <summary>A map that is itself an output.</summary>
    /// <param name="values">The map.</param>
    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) => new(values.Apply(static map => OfValues(map)));

    /// <summary>A map that is itself an output.</summary>
    /// <param name="values">The map.</param>
    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) =>
        new(values.Apply(static map => OfValues(map)));

    /// <summary>A new map of both maps' values; where both have a key, the value of <paramref name="second"/> counts.</summary>
    /// <param name="first">The map with lower priority.</param>
    /// <param name="second">The map with higher priority.</param>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second) =>
        new(Combine(first._elements, second._elements, static (left, right) => left.SetItems(right)));

    /// <summary>
    /// Adds a value. A key that the map has already is only accepted with an equal value; otherwise the value fails with an
    /// <see cref="ArgumentException"/> when it is used.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public void Add(string key, Input<TValue> value)
    {
        _elements = _elements.TryGetPlain(out var elements)
            ? AddTo(elements, key, value)
            : _elements.AsOutput.Apply(known => AddTo(known, key, value));
        _values = null;
    }

    /// <summary>Adds all values of a map; exists for collection initialisers.</summary>
    /// <param name="values">The map.</param>
    public void Add(InputMap<TValue> values) => AddRange(values);

    /// <summary>Adds all values of a map.</summary>
    /// <param name="values">The map.</param>
    public void AddRange(InputMap<TValue> values)
    {
        _elements = Combine(
            _elements,
            values._elements,
            static (left, right) => right.Aggregate(left, static (map, element) => AddTo(map, element.Key, element.Value)));
        _values = null;
    }

    /// <summary>The pairs, once the map is known; none for an unknown map.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    [SuppressMessage("Design", "MA0061:Method overrides should not change default values", Justification = "Pulumi's shape.")]
    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        var values = await AsOutput.GetValueAsync(whenUnknown: ImmutableDictionary<string, TValue>.Empty).WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var pair in values)
        {
            yield return pair;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException($"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead.");

    private static Input<ImmutableDictionary<string, Input<TValue>>> Combine(
        Input<ImmutableDictionary<string, Input<TValue>>> left,
        Input<ImmutableDictionary<string, Input<TValue>>> right,
        Func<ImmutableDictionary<string, Input<TValue>>, ImmutableDictionary<string, Input<TValue>>, ImmutableDictionary<string, Input<TValue>>> combine) =>
        left.TryGetPlain(out var leftElements) && right.TryGetPlain(out var rightElements)
            ? combine(leftElements, rightElements)
            : Output.Tuple(left, right).Apply(both => combine(both.Item1, both.Item2));

    private static ImmutableDictionary<string, Input<TValue>> AddTo(ImmutableDictionary<string, Input<TValue>> map, string key, Input<TValue> value)
    {
        if (!map.TryGetValue(key, out var existing))
        {
            return map.Add(key, value);
        }

        Input<TValue> same = Output.Tuple(existing, value).Apply(both =>
            EqualityComparer<TValue>.Default.Equals(both.Item1, both.Item2)
                ? both.Item1
                : throw new ArgumentException($"Key '{key}' already exists in the map with a different value."));
        return map.SetItem(key, same);
    }

    // A null map inside an output stays null, as it does in Pulumi, although the annotations say otherwise.
    private static ImmutableDictionary<string, Input<TValue>> OfValues(IEnumerable<KeyValuePair<string, TValue>>? values) =>
        values is null ? null! : ImmutableDictionary.CreateRange(values.Select(static pair => KeyValuePair.Create(pair.Key, (Input<TValue>)pair.Value)));

    private static Output<ImmutableDictionary<string, TValue>> Flatten(ImmutableDictionary<string, Input<TValue>>? elements)
    {
        if (elements is null)
        {
            return Output.Create(default(ImmutableDictionary<string, TValue>)!);
        }

        var pairs = elements.ToArray();
        return Output.All(Array.ConvertAll(pairs, static pair => pair.Value.ToOutput())).Apply(values =>
            ImmutableDictionary.CreateRange(pairs.Select((pair, index) => KeyValuePair.Create(pair.Key, values[index]))));
    }
}
