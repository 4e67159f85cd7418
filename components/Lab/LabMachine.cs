using Pulumi;
using Pulumi.Command.Local;

namespace AppStack.Components.Lab;

/// <summary>A machine of a lab, up and answering on its SSH port.</summary>
public sealed class LabMachine : ComponentResource
{
    internal LabMachine(string name, LabContext lab, LabMachineSpec spec, IReadOnlyList<Command> needs)
        : base("appstack:lab:Machine", name, new ComponentResourceOptions { Parent = lab.Parent })
    {
        Name = spec.Name;
        var up = lab.Call("machine-up", [
            spec.Name,
            "--packages", string.Join(' ', spec.Image.Packages),
            .. spec.Image.Kubernetes ? new[] { "--kubernetes", "yes" } : [],
            .. spec.Interfaces.SelectMany(found => new[] { "--link", $"{found.Network}={string.Join(',', found.Addresses)}" }),
            .. spec.Routes.SelectMany(LabNetwork.Route)]);
        var command = new Command(name, new CommandArgs
        {
            Create = up,
            Update = up,
            Delete = lab.Call("machine-down", spec.Name),
            Logging = Logging.Stderr,
            Environment = lab.Incarnation(lab.Host.Machine(lab.Name, spec.Name)),
            // What the disk was made from: another image is another machine.
            Triggers = new object[] { string.Join(' ', spec.Image.Packages) },
        }, new CustomResourceOptions
        {
            Parent = this,
            DependsOn = needs.ToArray<Resource>(),
            // Both would have the same name, address and disk.
            DeleteBeforeReplace = true,
        });
        DiskId = command.Stdout.Apply(output => LocalLab.Text(output, "diskId"));
        HostKey = command.Stdout.Apply(output => LocalLab.Text(output, "hostKey"));
        RegisterOutputs();
    }

    /// <summary>The machine's name.</summary>
    public string Name { get; }

    /// <summary>The identity of the disk: a machine with a fresh disk must be configured again.</summary>
    [Output]
    public Output<string> DiskId { get; private set; }

    /// <summary>The SSH host key to pin: type and base64.</summary>
    [Output]
    public Output<string> HostKey { get; private set; }
}
