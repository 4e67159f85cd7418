using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>A change of an object that is watched.</summary>
/// <param name="Type">ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</param>
/// <param name="Object">The object after it, or the Status of an error.</param>
internal sealed record WatchEvent(string Type, PropertyMap Object);
