using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Pulumi;

/// <summary>
/// Joins what is known about several outputs: known if all are, secret if any is, from the resources of all. A mutable struct,
/// because most joins are of a handful of values and live in one method.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct DataJoiner
{
    private bool _unknown;
    private bool _secret;
    private ImmutableHashSet<Resource>? _resources;

    /// <summary>Whether all values so far are known.</summary>
    public readonly bool IsKnown => !_unknown;

    /// <summary>Whether any value so far is secret.</summary>
    public readonly bool IsSecret => _secret;

    /// <summary>The resources of all values so far.</summary>
    public readonly ImmutableHashSet<Resource> Resources => _resources ?? [];

    /// <summary>The union, without copying when one side adds nothing.</summary>
    public static ImmutableHashSet<Resource> Union(ImmutableHashSet<Resource> left, ImmutableHashSet<Resource> right)
    {
        if (left.IsEmpty || ReferenceEquals(left, right))
        {
            return right;
        }

        return right.IsEmpty ? left : left.Union(right);
    }

    /// <summary>Takes one more output in and gives its value.</summary>
    public T Add<T>(OutputData<T> data)
    {
        _unknown |= !data.IsKnown;
        _secret |= data.IsSecret;
        _resources = _resources is null ? data.Resources : Union(_resources, data.Resources);
        return data.Value;
    }

    /// <summary>The joined output.</summary>
    public readonly OutputData<T> Complete<T>(T value) => new(value, IsKnown, IsSecret, Resources);
}
