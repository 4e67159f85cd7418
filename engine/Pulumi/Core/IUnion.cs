namespace Pulumi;

/// <summary>A union whose types are not known at compile time.</summary>
internal interface IUnion
{
    /// <summary>The value that the union holds.</summary>
    object Value { get; }
}
