namespace AppStack.Components.Kubernetes.Policy;

/// <summary>Who gives way to whom when a cluster is full.</summary>
public static class PriorityClasses
{
    /// <summary>What everything else needs: ingress, monitoring. Below Kubernetes' own system-cluster-critical (2,000,000,000).</summary>
    public const string Platform = "platform";

    /// <summary>Services that citizens use; what pods get that say nothing.</summary>
    public const string Standard = "standard";

    /// <summary>Work that can wait: reports, imports.</summary>
    public const string Background = "background";
}
