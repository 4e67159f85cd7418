using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>What exists and what is wanted.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Id">Its id.</param>
/// <param name="OldInputs">The inputs it was last made with.</param>
/// <param name="OldOutputs">Its last outputs.</param>
/// <param name="NewInputs">The checked inputs wanted now; may hold unknowns in previews.</param>
/// <param name="IgnoreChanges">Property paths whose changes do not count.</param>
public sealed record DiffRequest(
    string Urn,
    string Type,
    string Id,
    PropertyMap OldInputs,
    PropertyMap OldOutputs,
    PropertyMap NewInputs,
    ImmutableArray<string> IgnoreChanges);
