namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How a text of a descriptor must be written.</summary>
public enum TextFormat
{
    /// <summary>Any text that is not empty.</summary>
    Any,

    /// <summary>A short name: lower-case letters, digits and hyphens, beginning with a letter, at most 31 characters.</summary>
    Name,

    /// <summary>The name of an environment: like a name, with dots between its parts.</summary>
    EnvironmentName,

    /// <summary>The name of a network interface: <c>eth0</c>, <c>bond0.12</c>.</summary>
    InterfaceName,

    /// <summary>An absolute path of a URL: <c>/health</c>.</summary>
    UrlPath,

    /// <summary>A version of three numbers: <c>1.34.2</c>.</summary>
    ExactVersion,

    /// <summary>A label of Kubernetes: <c>example.org/disk=ssd</c>.</summary>
    KubernetesLabel,

    /// <summary>A taint of Kubernetes: <c>dedicated=web:NoSchedule</c>.</summary>
    KubernetesTaint,

    /// <summary>The name of an environment variable: <c>Benefits__Database</c>.</summary>
    Variable,
}
