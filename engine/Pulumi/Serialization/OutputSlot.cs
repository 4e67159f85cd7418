using AppStack.Engine.Model.Values;

namespace Pulumi.Serialization;

/// <summary>An output property of a resource that the engine's answer will fill.</summary>
internal abstract class OutputSlot
{
    public abstract object Output { get; }

    /// <summary>Fills the property from a value of the answer.</summary>
    public abstract void Set(PropertyValue value, string context, Resource resource);

    /// <summary>Fills <c>urn</c> or <c>id</c>.</summary>
    public abstract void SetText(string value, bool isKnown, Resource resource);

    /// <summary>Fills a property that the answer did not have.</summary>
    public abstract void TrySetDefault(bool isKnown, Resource resource);

    /// <summary>Faults a property that will not be filled.</summary>
    public abstract void TryFault(Exception exception);
}
