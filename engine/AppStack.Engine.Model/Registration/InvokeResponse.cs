using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Registration;

/// <summary>What a function returned.</summary>
/// <param name="Result">The result; empty when there are failures.</param>
/// <param name="Failures">What is wrong with the arguments.</param>
public sealed record InvokeResponse(PropertyMap Result, ImmutableArray<CheckFailure> Failures);
