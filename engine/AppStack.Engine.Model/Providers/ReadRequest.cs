using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>A resource to read.</summary>
/// <param name="Urn">The resource.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Id">Its id.</param>
/// <param name="Inputs">Its last inputs; empty for an import.</param>
/// <param name="State">Its last outputs; empty for an import.</param>
/// <param name="Log">Where output of the operation goes while it runs.</param>
public sealed record ReadRequest(string Urn, string Type, string Id, PropertyMap Inputs, PropertyMap State, IOperationLog Log);
