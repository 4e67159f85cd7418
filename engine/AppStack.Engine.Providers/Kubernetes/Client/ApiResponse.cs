using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>What the API server answered.</summary>
/// <param name="Body">The object.</param>
/// <param name="Warnings">What it warns of: deprecated versions, admission policies in warning mode.</param>
internal sealed record ApiResponse(PropertyMap Body, ImmutableArray<string> Warnings);
