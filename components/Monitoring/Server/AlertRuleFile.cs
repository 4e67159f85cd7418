using AppStack.Components.Nodes;
using Pulumi;
using Pulumi.Command.Remote;

namespace AppStack.Components.Monitoring;

/// <summary>
/// A file of alert rules beside those of the platform on a monitoring node, of somebody who has a stack of their own. It is read when <c>promtool</c> has found it
/// right; a file that is refused leaves the one before. It goes with its resource.
/// </summary>
public sealed class AlertRuleFile : ComponentResource
{
    /// <summary>Declares the file.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Rules and node.</param>
    /// <param name="options">Options of the component.</param>
    /// <exception cref="InvalidSpecException">The rules are not valid; lists all problems.</exception>
    public AlertRuleFile(string name, AlertRuleFileArgs args, ComponentResourceOptions? options = null)
        : base("appstack:monitoring:AlertRuleFile", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        InvalidSpecException.ThrowIfAny($"alert rules '{args.Group.Name}'", AlertRuleValidator.Validate(args.Group.Rules));
        var path = $"{MonitoringPaths.ForeignRules}/{args.Group.Name}.yml";
        var write = Write(path);
        Loaded = new Command(
            $"{name}-rules",
            new CommandArgs
            {
                Connection = args.Node.Connection(),
                Create = write,
                Update = write,
                Delete = $"set -eu; rm -f {path}; {Reload}",
                // A node that was made anew gets its file again.
                Stdin = args.Machine is null ? AlertRulesRenderer.Render(args.Group) : Output.Format($"# {args.Machine}\n{AlertRulesRenderer.Render(args.Group)}"),
                AddPreviousOutputInEnv = false,
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }

    /// <summary>What to depend on to come after Prometheus knows the rules.</summary>
    public Resource Loaded { get; }

    private static string Reload => $"systemctl reload {MonitoringPaths.PrometheusUnit}";

    private static string Write(string path) =>
        $"set -eu; umask 022; install -d {MonitoringPaths.ForeignRules}; new=$(mktemp {MonitoringPaths.ForeignRules}/.new.XXXXXX); trap 'rm -f \"$new\"' EXIT; "
        + $"cat >\"$new\"; promtool check rules \"$new\" >&2; chmod 0644 \"$new\"; mv \"$new\" {path}; {Reload}";
}
