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

            if (monitoring.Retention is { } retention && retention < TimeSpan.FromHours(1))
            {
                context.Problems.Add("monitoring.retention", "metrics would be gone before anybody looks", "at least 1h");
            }

            Receivers(context, monitoring);
        }
        else if (nodes.Count > 0)
        {
            context.Problems.Add(nodes[0].Path, "the node is for monitoring, which the environment does not have", "a section monitoring:, or another role");
        }
    }

    private static void Receivers(EnvironmentValidation context, MonitoringDescriptor monitoring)
    {
        var receivers = EnvironmentValidation.Each("monitoring.receivers", monitoring.Receivers).ToList();
        context.ReportTwice("receiver", receivers.Select(found => ($"{found.Path}.name", found.Item.Name)));
        foreach (var (path, receiver) in receivers)
        {
            if (receiver.Webhook is null && receiver.Email is null)
            {
                context.Problems.Add(path, "the receiver has neither a web hook nor a mail address", "webhook: or email:");
            }

            if (receiver.Webhook is { } webhook)
            {
                if (!Uri.TryCreate(webhook, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                {
                    context.Problems.Add($"{path}.webhook", $"'{webhook}' is not an absolute URL", "https://alerts.example.org/appstack");
                }
                else if (uri.UserInfo.Length > 0)
                {
                    context.Problems.Add($"{path}.webhook", "the URL holds a password, which everybody who reads this file would know", "an address that needs none");
                }
            }

            if (receiver.Email is not null && monitoring.Mail is null)
            {
                context.Problems.Add($"{path}.email", "there is no relay that takes mail", "mail: { host: relay.example.org, from: appstack@example.org }");
            }
        }
    }
}
