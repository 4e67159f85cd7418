using AppStack.Components.Certificates;
using AppStack.Components.Lab;
using AppStack.Components.Monitoring;
using AppStack.Components.Nodes;
using AppStack.Stacks.Environments;
using Pulumi;

namespace AppStack.Stacks;

/// <summary>Declares monitoring: an authority of its own, the monitoring nodes, and what every node shows them.</summary>
internal static class MonitoringResources
{
    /// <summary>Declares everything. Comes after the roles of the nodes, whose bundles are applied first.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="nodes">The machines by name.</param>
    /// <param name="lab">The lab, whose end makes tidying up needless; null when the nodes exist without us.</param>
    public static void Declare(EnvironmentSpec environment, PlatformPlan plan, IReadOnlyDictionary<string, BareMetalNode> nodes, LocalLab? lab)
    {
        if (plan.Monitoring.IsEmpty)
        {
            return;
        }

        if (lab is null && environment.Monitoring!.Receivers.IsEmpty)
        {
            Log.Warn($"{environment.File}: monitoring has no receivers: alerts are shown on {string.Join(", ", plan.Monitoring.Select(server => server.Name))}, and nobody is told.");
        }

        // Not the databases' authority: whoever may read metrics must not be taken for a database client.
        var authority = new PrivateAuthority("monitoring-authority");
        var options = new ComponentResourceOptions { DeletedWith = lab };
        var metrics = plan.Metrics
            .Select(spec => (Resource)new NodeMetrics($"{spec.Name}-metrics", new NodeMetricsArgs { Spec = spec, Node = nodes[spec.Name], Authority = authority }, options).Bundle)
            .ToArray();

        // A node that is not there yet would be told as down.
        var after = new ComponentResourceOptions { DeletedWith = lab, DependsOn = metrics };
        foreach (var server in plan.Monitoring)
        {
            _ = new MonitoringServer(server.Name, new MonitoringServerArgs { Spec = server, Node = nodes[server.Name], Authority = authority }, after);
        }
    }
}
