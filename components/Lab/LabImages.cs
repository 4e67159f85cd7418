namespace AppStack.Components.Lab;

/// <summary>
/// The images of the roles. A node's bundle installs what it needs wherever it is missing; in a lab, whose machines have
/// no way to a package mirror, it is there already, which is also why a machine is ready within seconds.
/// </summary>
public static class LabImages
{
    /// <summary>A router: BIRD and nftables.</summary>
    public static LabImageSpec Router { get; } = new("router", ["bird2", "nftables"]);

    /// <summary>A load balancer: BIRD, HAProxy and nftables.</summary>
    public static LabImageSpec LoadBalancer { get; } = new("load-balancer", ["bird2", "haproxy", "nftables"]);

    /// <summary>A web backend: nginx and nftables.</summary>
    public static LabImageSpec WebBackend { get; } = new("web-backend", ["nginx-light", "nftables"]);

    /// <summary>A client: tools that make requests (wrk looks up the port of http in netbase's list).</summary>
    public static LabImageSpec Client { get; } = new("client", ["curl", "netbase", "wrk"]);
}
