using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Monitoring;

/// <summary>Arguments of an <see cref="AlertRuleFile"/>.</summary>
public sealed class AlertRuleFileArgs : ResourceArgs
{
    /// <summary>The rules; the group's name is that of the file, and unique on the node.</summary>
    public required AlertRuleGroup Group { get; set; }

    /// <summary>The monitoring node.</summary>
    public required BareMetalNode Node { get; set; }

    /// <summary>The node's machine: another one gets the file again. Default: machines are not told apart.</summary>
    public Input<string>? Machine { get; set; }
}
