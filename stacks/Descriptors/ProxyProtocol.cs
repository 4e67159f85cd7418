namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>Whether servers are told the client's address.</summary>
public enum ProxyProtocol
{
    /// <summary>They are not.</summary>
    Off,

    /// <summary>With version 2 of the PROXY protocol.</summary>
    V2,
}
