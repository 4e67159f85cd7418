using System.Collections.Immutable;

namespace AppStack.Stacks.Environments;

/// <summary>The nodes are machines on this host.</summary>
/// <param name="Name">The prefix of the names of bridges, namespaces and machines.</param>
/// <param name="Host">The addresses of this host in the networks of the lab.</param>
public sealed record LabSpec(string Name, ImmutableArray<InterfaceSpec> Host);
