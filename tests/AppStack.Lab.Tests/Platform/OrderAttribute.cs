namespace AppStack.Lab.Tests.Platform;

/// <summary>Where a test stands in its class: what breaks more comes later, and the removal of everything comes last.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OrderAttribute(int position) : Attribute
{
    /// <summary>The position.</summary>
    public int Position { get; } = position;
}
