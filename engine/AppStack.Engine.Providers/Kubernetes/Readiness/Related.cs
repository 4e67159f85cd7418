namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>What is looked at beside an object to tell whether it is ready, or why not.</summary>
[Flags]
internal enum Related
{
    None = 0,

    /// <summary>The pods that its selector finds.</summary>
    Pods = 1,

    /// <summary>Warnings of its namespace.</summary>
    Events = 2,

    /// <summary>Endpoints of its namespace.</summary>
    Endpoints = 4,

    /// <summary>Storage classes of the cluster.</summary>
    StorageClasses = 8,
}
