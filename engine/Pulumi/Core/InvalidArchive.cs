using AppStack.Engine.Model.Values;

namespace Pulumi;

/// <summary>Stands for an output that should have been an archive and is not.</summary>
internal sealed class InvalidArchive : Archive
{
    internal override PropertyValue ToPropertyValue() => throw new InvalidOperationException("Cannot serialize invalid archive");
}
