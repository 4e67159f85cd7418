using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What an output resolves to.</summary>
/// <param name="Value">The value; meaningless when it is not known.</param>
/// <param name="IsKnown">Whether the value is known; previews have unknown values.</param>
/// <param name="IsSecret">Whether the value must not be shown.</param>
/// <param name="Resources">The resources that the value came from.</param>
internal readonly record struct OutputData<T>(T Value, bool IsKnown, bool IsSecret, ImmutableHashSet<Resource> Resources)
{
    /// <summary>A known, open value that came from no resource.</summary>
    public static OutputData<T> Plain(T value) => new(value, IsKnown: true, IsSecret: false, []);
}
