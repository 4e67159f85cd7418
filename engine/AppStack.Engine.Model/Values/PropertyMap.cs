using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AppStack.Engine.Model.Values;

/// <summary>
/// An immutable object: values by name, always iterated in ordinal order of the names, so that everything rendered from it is stable.
/// Kept as two sorted arrays, because most objects have few members and states hold tens of thousands of objects.
/// </summary>
public sealed class PropertyMap : IReadOnlyDictionary<string, PropertyValue>, IEquatable<PropertyMap>
{
    private readonly string[] _keys;
    private readonly PropertyValue[] _values;

    private PropertyMap(string[] sortedKeys, PropertyValue[] values)
    {
        _keys = sortedKeys;
        _values = values;
    }

    /// <summary>The object without members.</summary>
    public static PropertyMap Empty { get; } = new([], []);

    /// <inheritdoc/>
    public int Count => _keys.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _keys;

    /// <inheritdoc/>
    public IEnumerable<PropertyValue> Values => _values;

    /// <summary>Whether any value in this object is unknown, at any depth.</summary>
    public bool ContainsUnknowns => Array.Exists(_values, value => value.ContainsUnknowns);

    /// <summary>Whether any value in this object is secret, at any depth.</summary>
    public bool ContainsSecrets => Array.Exists(_values, value => value.ContainsSecrets);

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">There is no member of that name.</exception>
    public PropertyValue this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no property '{key}'.");

    /// <summary>Makes an object of members in any order.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public static PropertyMap Of(IEnumerable<KeyValuePair<string, PropertyValue>> members)
    {
        var sorted = members.ToArray();
        if (sorted.Length == 0)
        {
            return Empty;
        }

        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
            {
                throw new ArgumentException($"The property '{sorted[i].Key}' occurs twice.", nameof(members));
            }
        }

        return new PropertyMap(Array.ConvertAll(sorted, static member => member.Key), Array.ConvertAll(sorted, static member => member.Value));
    }

    /// <summary>Makes an object of members in any order.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public static PropertyMap Of(params ReadOnlySpan<(string Key, PropertyValue Value)> members)
    {
        var pairs = new KeyValuePair<string, PropertyValue>[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            pairs[i] = new(members[i].Key, members[i].Value);
        }

        return Of(pairs);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Array.BinarySearch(_keys, key, StringComparer.Ordinal) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out PropertyValue value)
    {
        var index = Array.BinarySearch(_keys, key, StringComparer.Ordinal);
        value = index >= 0 ? _values[index] : null;
        return index >= 0;
    }

    /// <summary>The member's value, or <see langword="null"/> when there is none.</summary>
    public PropertyValue? Find(string key) => TryGetValue(key, out var value) ? value : null;

    /// <summary>This object with one member added or replaced.</summary>
    public PropertyMap With(string key, PropertyValue value)
    {
        var index = Array.BinarySearch(_keys, key, StringComparer.Ordinal);
        if (index >= 0)
        {
            var replaced = (PropertyValue[])_values.Clone();
            replaced[index] = value;
            return new PropertyMap(_keys, replaced);
        }

        index = ~index;
        return new PropertyMap([.. _keys.AsSpan(0, index), key, .. _keys.AsSpan(index)], [.. _values.AsSpan(0, index), value, .. _values.AsSpan(index)]);
    }

    /// <summary>This object without one member.</summary>
    public PropertyMap Without(string key)
    {
        var index = Array.BinarySearch(_keys, key, StringComparer.Ordinal);
        return index < 0
            ? this
            : new PropertyMap([.. _keys.AsSpan(0, index), .. _keys.AsSpan(index + 1)], [.. _values.AsSpan(0, index), .. _values.AsSpan(index + 1)]);
    }

    /// <summary>This object with each value replaced by what <paramref name="map"/> gives for it.</summary>
    public PropertyMap Select(Func<string, PropertyValue, PropertyValue> map)
    {
        var mapped = new PropertyValue[_values.Length];
        for (var i = 0; i < mapped.Length; i++)
        {
            mapped[i] = map(_keys[i], _values[i]);
        }

        return new PropertyMap(_keys, mapped);
    }

    /// <summary>This object with every secret marker in it removed, at any depth.</summary>
    public PropertyMap WithoutSecrets() => ContainsSecrets ? Select(static (_, value) => value.WithoutSecrets()) : this;

    /// <inheritdoc/>
    public bool Equals(PropertyMap? other) =>
        other is not null
        && (ReferenceEquals(this, other) || (_keys.AsSpan().SequenceEqual(other._keys) && _values.AsSpan().SequenceEqual(other._values)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PropertyMap);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < _keys.Length; i++)
        {
            hash.Add(_keys[i], StringComparer.Ordinal);
            hash.Add(_values[i]);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, PropertyValue>> GetEnumerator()
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            yield return new KeyValuePair<string, PropertyValue>(_keys[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
