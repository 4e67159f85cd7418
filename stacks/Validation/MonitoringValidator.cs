using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>Monitoring has nodes to run on, and such nodes have something to do.</summary>
internal sealed class MonitoringValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        var nodes = context.Nodes().Where(found => found.Node.Role == NodeRole.Monitoring).ToList();
        if (context.Environment.Monitoring is { } monitoring)
        {
            if (nodes.Count == 0)
            {
                context.Problems.Add("monitoring", "there is monitoring, but no node has the role monitoring", "a node with role: monitoring");
            }

            if (monitoring.Interval is { } interval && (interval < TimeSpan.FromSeconds(1) || interval > TimeSpan.FromMinutes(5)))
            {
                context.Problems.Add("monitoring.interval", "metrics this often cost too much, or this seldom show nothing", "1s to 5m");
            }
        }
        else if (nodes.Count > 0)
        {
            context.Problems.Add(nodes[0].Path, "the node is for monitoring, which the environment does not have", "a section monitoring:, or another role");
        }
    }
}
