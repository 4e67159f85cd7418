namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A group of servers that serve connections.</summary>
public sealed record BackendDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name.", Required = true, Format = TextFormat.Name, Example = "web")]
    public string? Name { get; init; }

    /// <summary>The servers' cluster.</summary>
    [Key("The cluster whose nodes with the role backend or worker are the servers.", Required = true, Format = TextFormat.Name, Example = "services")]
    public string? Cluster { get; init; }

    /// <summary>The servers' port.</summary>
    [Key("The TCP port of the servers (a NodePort, for workers).", Required = true, Minimum = 1, Maximum = 65535, Example = "30080")]
    public int? Port { get; init; }

    /// <summary>A second port, to compare with.</summary>
    [Key("A second port of backend nodes, without the PROXY protocol and for client nodes only: what is measured there is a backend without the edge.", Minimum = 1, Maximum = 65535, Example = "8081")]
    public int? DirectPort { get; init; }

    /// <summary>Whether servers are told the client's address.</summary>
    [Key("Whether servers are told the client's address with the PROXY protocol. One switch for both ends.", Default = "off")]
    public ProxyProtocol? ProxyProtocol { get; init; }

    /// <summary>How a server's health is found out.</summary>
    [Key("How it is found out whether a server is healthy.")]
    public HealthCheckDescriptor? Check { get; init; }
}
