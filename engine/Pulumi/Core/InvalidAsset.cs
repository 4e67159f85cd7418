using AppStack.Engine.Model.Values;

namespace Pulumi;

/// <summary>Stands for an output that should have been an asset and is not.</summary>
internal sealed class InvalidAsset : Asset
{
    internal override PropertyValue ToPropertyValue() => throw new InvalidOperationException("Cannot serialize invalid asset");
}
