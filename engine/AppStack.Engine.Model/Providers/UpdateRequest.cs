using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>A resource to update in place.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Id">Its id.</param>
/// <param name="OldInputs">The inputs it was last made with.</param>
/// <param name="OldOutputs">Its last outputs.</param>
/// <param name="NewInputs">The checked inputs wanted now.</param>
/// <param name="IgnoreChanges">Property paths whose changes do not count.</param>
/// <param name="Timeout">The limit that the program set; <see langword="null"/> for the provider's default.</param>
/// <param name="Preview">Whether nothing may happen.</param>
/// <param name="Log">Where output of the operation goes while it runs.</param>
public sealed record UpdateRequest(
    string Urn,
    string Type,
    string Id,
    PropertyMap OldInputs,
    PropertyMap OldOutputs,
    PropertyMap NewInputs,
    ImmutableArray<string> IgnoreChanges,
    TimeSpan? Timeout,
    bool Preview,
    IOperationLog Log);
