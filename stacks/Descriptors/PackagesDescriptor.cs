namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A repository of Kubernetes' Debian packages.</summary>
public sealed record PackagesDescriptor
{
    /// <summary>Its address.</summary>
    [Key("Its address, as in sources.list; the suite is /.", Required = true, Example = "https://pkgs.k8s.io/core:/stable:/v1.34/deb/")]
    public string? Url { get; init; }

    /// <summary>Its signing key.</summary>
    [Key("Its signing key, ASCII-armoured (a block of YAML: key: |). apt accepts nothing that another key has signed.", Required = true)]
    public string? Key { get; init; }

    /// <summary>The revision of the packages.</summary>
    [Key("The revision of the packages: what follows the Kubernetes version and a hyphen in their version.", Default = "1.1", Example = "1.1")]
    public string? Revision { get; init; }
}
