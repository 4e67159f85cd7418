namespace Pulumi;

/// <summary>An input whose type is not known at compile time.</summary>
internal interface IInput
{
    /// <summary>
    /// What the input holds: a plain value, or an <see cref="IOutput"/>. Lists and maps give their elements as inputs, so that
    /// one unknown element does not hide the others.
    /// </summary>
    object? Content { get; }

    /// <summary>The input as an output of its whole value.</summary>
    IOutput ToOutput();
}
