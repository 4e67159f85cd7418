using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>A resource to delete.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Id">Its id.</param>
/// <param name="OldInputs">The inputs it was last made with.</param>
/// <param name="OldOutputs">Its last outputs.</param>
/// <param name="Timeout">The limit that the program set; <see langword="null"/> for the provider's default.</param>
/// <param name="Log">Where output of the operation goes while it runs.</param>
public sealed record DeleteRequest(
    string Urn,
    string Type,
    string Id,
    PropertyMap OldInputs,
    PropertyMap OldOutputs,
    TimeSpan? Timeout,
    IOperationLog Log);
