namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>The program that serves the routes of a cluster.</summary>
public enum IngressController
{
    /// <summary>Debian's nginx with ModSecurity and the Core Rule Set.</summary>
    DebianNginx,

    /// <summary>The chart ingress-nginx, retired upstream.</summary>
    IngressNginx,
}
