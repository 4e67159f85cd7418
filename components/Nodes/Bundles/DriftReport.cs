using System.Collections.Immutable;

namespace AppStack.Components.Nodes.Bundles;

/// <summary>What a drift check found on one node.</summary>
/// <param name="Roles">Roles that left a manifest; none means that nothing was ever deployed.</param>
/// <param name="Deviations">Everything that is not as the manifests say; empty when there is no drift.</param>
public sealed record DriftReport(ImmutableArray<string> Roles, ImmutableArray<Deviation> Deviations);
