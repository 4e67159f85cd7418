using System.Collections.Immutable;
using AppStack.Components.Lab;
using Pulumi;
using Pulumi.Command.Local;

namespace AppStack.Components.Services.Images;

/// <summary>
/// The image of a service, built on this host and put into the store of each machine. Resources are named after the tag: a version that is taken back
/// finds its image where it was. Nothing is removed, because the version before may need it; kubelet tidies up when a disk fills.
/// </summary>
public sealed class ServiceImage : ComponentResource
{
    /// <summary>Declares an image.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Image and machines.</param>
    /// <param name="options">Options of the component.</param>
    public ServiceImage(string name, ServiceImageArgs args, ComponentResourceOptions? options = null)
        : base("appstack:services:ServiceImage", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        var script = LabPaths.For(spec.Lab).Script;
        var tag = spec.Reference[(spec.Reference.LastIndexOf(':') + 1)..];
        var build = Run($"{name}-{tag}", $"exec {script} service-image {LabScript.Quote(spec.Project)} {LabScript.Quote(spec.Reference)}", "", []);
        Ready =
        [
            .. args.Machines.OrderBy(machine => machine.Key, StringComparer.Ordinal).Select(machine =>
                Run($"{name}-{tag}-{machine.Key}", $"exec {script} image-import {LabScript.Quote(spec.Lab)} {LabScript.Quote(machine.Key)} {LabScript.Quote(spec.Reference)}", machine.Value, [build])),
        ];
        RegisterOutputs();
    }

    /// <summary>What to depend on to come after every machine has the image.</summary>
    public ImmutableArray<Resource> Ready { get; }

    private Command Run(string name, string command, string disk, Resource[] after) => new(
        name,
        new CommandArgs { Create = command, Update = command, Logging = Logging.Stderr, Environment = new InputMap<string> { ["APPSTACK_DISK"] = disk } },
        new CustomResourceOptions { Parent = this, DependsOn = after });
}
