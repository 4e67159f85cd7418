using System.Collections.Immutable;

namespace AppStack.Components.Lab;

/// <summary>A cable from a machine to a network of the lab.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Addresses">The machine's addresses in it with prefix length, IPv4 and IPv6: <c>10.87.0.21/24</c>.</param>
public sealed record LabInterfaceSpec(string Network, ImmutableArray<string> Addresses);
