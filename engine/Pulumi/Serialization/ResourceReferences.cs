using AppStack.Engine.Model.Values;

namespace Pulumi.Serialization;

/// <summary>Turns references in the engine's values into resource objects.</summary>
internal static class ResourceReferences
{
    public static Resource Resolve(PropertyValue.Reference reference) => new DependencyResource(
        reference.Urn,
        reference.Id is PropertyValue.Text { Value.Length: > 0 } id ? id.Value : null);
}
