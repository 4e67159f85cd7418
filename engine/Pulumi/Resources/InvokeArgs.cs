using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Arguments of a function.</summary>
public abstract class InvokeArgs : InputArgs
{
    /// <summary>No arguments.</summary>
    [SuppressMessage("Design", "CA2211:Non-constant fields should not be visible", Justification = "Pulumi's shape; it is read-only.")]
    public static readonly InvokeArgs Empty = new EmptyArgs();

    private sealed class EmptyArgs : InvokeArgs
    {
        internal override IEnumerable<KeyValuePair<string, object?>> Members() => [];
    }
}
