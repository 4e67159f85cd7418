namespace AppStack.Components.Lab;

/// <summary>A static route.</summary>
/// <param name="Destination">A network in CIDR form, or <c>default</c> (of the gateway's address family).</param>
/// <param name="Gateway">The address of the next hop.</param>
public sealed record LabRouteSpec(string Destination, string Gateway);
