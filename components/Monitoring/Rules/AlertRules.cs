using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>The platform's alert rules. Rules about what an environment does not have find nothing, and stay silent.</summary>
public static class AlertRules
{
    /// <summary>All groups.</summary>
    public static ImmutableArray<AlertRuleGroup> All { get; } = [NodeRules.Group, EdgeRules.Group, IngressRules.Group, KubernetesRules.Group, ServiceRules.Group, DatabaseRules.Group, BackupRules.Group, MonitoringRules.Group];
}
