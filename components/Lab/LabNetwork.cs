using Pulumi;
using Pulumi.Command.Local;

namespace AppStack.Components.Lab;

/// <summary>A network of a lab: a bridge in the lab's own network namespace and, if wanted, a cable to the host.</summary>
public sealed class LabNetwork : ComponentResource
{
    internal LabNetwork(string name, LabContext lab, LabNetworkSpec spec, Resource folder)
        : base("appstack:lab:Network", name, new ComponentResourceOptions { Parent = lab.Parent })
    {
        Name = spec.Name;
        var up = lab.Call("network-up", [spec.Name, .. spec.HostAddresses.SelectMany(address => new[] { "--host", address }), .. spec.Routes.SelectMany(Route)]);
        Command = new Command(name, new CommandArgs
        {
            Create = up,
            Update = up,
            Delete = lab.Call("network-down", spec.Name),
            Environment = lab.Incarnation(lab.Host.Network(lab.Name, spec.Name)),
        }, new CustomResourceOptions { Parent = this, DependsOn = { folder } });
        RegisterOutputs();
    }

    /// <summary>The network's name.</summary>
    public string Name { get; }

    internal Command Command { get; }

    internal static string[] Route(LabRouteSpec route) => ["--route", $"{route.Destination}={route.Gateway}"];
}
