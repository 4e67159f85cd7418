using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Arguments of a method of a resource.</summary>
public abstract class CallArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    [SuppressMessage("Design", "CA2211:Non-constant fields should not be visible", Justification = "Pulumi's shape; it is read-only.")]
    public static readonly CallArgs Empty = new EmptyArgs();

    private sealed class EmptyArgs : CallArgs
    {
        internal override IEnumerable<KeyValuePair<string, object?>> Members() => [];
    }
}
