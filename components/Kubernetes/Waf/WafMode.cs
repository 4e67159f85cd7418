namespace AppStack.Components.Kubernetes.Waf;

/// <summary>What the web application firewall does for a service.</summary>
public enum WafMode
{
    /// <summary>Nothing: requests are not looked at, and nothing is logged.</summary>
    Off,

    /// <summary>Requests are looked at and what would be refused is logged; everything passes.</summary>
    Detect,

    /// <summary>What the rules find is refused and logged.</summary>
    Block,
}
