using System.Collections.Immutable;

namespace AppStack.Components.Postgres;

/// <summary>The cluster that another one follows, asynchronously, until that one takes its place.</summary>
/// <param name="Name">Name of the cluster.</param>
/// <param name="Nodes">Its database nodes; whoever leads is followed.</param>
/// <param name="MaxConnections">Connections that it accepts; who follows must accept as many.</param>
public sealed record RepmgrSourceSpec(string Name, ImmutableArray<RepmgrPeerSpec> Nodes, int MaxConnections);
