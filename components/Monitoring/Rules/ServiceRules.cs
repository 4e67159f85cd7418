namespace AppStack.Components.Monitoring;

/// <summary>Alerts about what clusters run. A service's own alerts come with its own file.</summary>
internal static class ServiceRules
{
    public static AlertRuleGroup Group { get; } = new("services",
    [
        new()
        {
            Name = "WorkloadGone",
            Expression = """
                max by (environment, cluster, namespace, workload, kind) (appstack_kubernetes_workload_available) == 0
                  and max by (environment, cluster, namespace, workload, kind) (appstack_kubernetes_workload_wanted) > 0
                """,
            For = TimeSpan.FromSeconds(30),
            Severity = AlertSeverity.Critical,
            Summary = "nothing of the {{ $labels.kind }} {{ $labels.namespace }}/{{ $labels.workload }} is available",
        },
        new()
        {
            // A deployment takes minutes at most.
            Name = "WorkloadShort",
            Expression = """
                max by (environment, cluster, namespace, workload, kind) (appstack_kubernetes_workload_available)
                  < max by (environment, cluster, namespace, workload, kind) (appstack_kubernetes_workload_wanted)
                """,
            For = TimeSpan.FromMinutes(10),
            Severity = AlertSeverity.Warning,
            Summary = "only {{ $value }} pods of the {{ $labels.kind }} {{ $labels.namespace }}/{{ $labels.workload }} are available",
        },
        new()
        {
            // The number falls when pods are replaced, which is no restart: so the least of the last minutes is taken off.
            Name = "PodsRestart",
            Expression = "max by (environment, cluster, namespace, workload) (appstack_kubernetes_restarts - min_over_time(appstack_kubernetes_restarts[15m])) > 3",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "pods of {{ $labels.namespace }}/{{ $labels.workload }} were started again {{ $value }} times in 15 minutes",
        },
        new()
        {
            Name = "PodsWait",
            Expression = "sum by (environment, cluster, namespace) (max without (node) (appstack_kubernetes_pods{phase=\"Pending\"})) > 0",
            For = TimeSpan.FromMinutes(5),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $value }} pods of {{ $labels.namespace }} wait for a node",
        },
        new()
        {
            Name = "ServiceSilent",
            Expression = "max by (environment, cluster, namespace, pod) (appstack_service_up) == 0",
            For = TimeSpan.FromMinutes(1),
            Severity = AlertSeverity.Warning,
            Summary = "{{ $labels.pod }} of {{ $labels.namespace }} shows no metrics",
        },
    ]);
}
