namespace Pulumi;

/// <summary>An output of another stack; at most one of its members is set.</summary>
public sealed class StackReferenceOutputDetails
{
    /// <summary>The value, when it is not secret.</summary>
    public object? Value { get; set; }

    /// <summary>The value, when it is secret.</summary>
    public object? SecretValue { get; set; }
}
