using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Arguments of a resource.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    [SuppressMessage("Design", "CA2211:Non-constant fields should not be visible", Justification = "Pulumi's shape; it is read-only.")]
    public static readonly ResourceArgs Empty = new EmptyArgs();

    private sealed class EmptyArgs : ResourceArgs
    {
        internal override IEnumerable<KeyValuePair<string, object?>> Members() => [];
    }
}
