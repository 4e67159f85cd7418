using AppStack.Engine.Events;

namespace AppStack.Cli.Display;

/// <summary>
/// Which service or node group a resource belongs to, and who notices when it changes. This is where the display knows AppStack's
/// components by their types; the engine does not.
/// </summary>
internal sealed class ServiceMap
{
    private const string Prefix = "appstack:";
    private readonly Dictionary<string, StepDescription> _steps = new(StringComparer.Ordinal);

    /// <summary>Learns the tree from the steps, those without a change too.</summary>
    public ServiceMap(IEnumerable<StepDescription> steps)
    {
        foreach (var step in steps)
        {
            _steps[step.Urn] = step;
        }
    }

    /// <summary>The outermost component that a resource is part of, as Markdown; the stack itself when there is none.</summary>
    public string Of(StepDescription step) =>
        Components(step).LastOrDefault() is { } component
            ? $"{MarkdownText.Code(UrnText.Name(component.Urn))} ({component.Type.Split(':')[^1]})"
            : "the stack itself";

    /// <summary>What a change of this resource means for those who use the service; <see langword="null"/> when they do not notice.</summary>
    public string? EffectOf(StepDescription step)
    {
        if (step.Kind is not (StepKind.Update or StepKind.Replace or StepKind.Delete) || Components(step).FirstOrDefault() is not { } component)
        {
            return null;
        }

        var name = MarkdownText.Code(UrnText.Name(component.Urn));
        var isBundle = step.Type == "command:remote:Command";
        var ends = step.Kind == StepKind.Delete;
        return component.Type switch
        {
            "appstack:loadbalancing:LoadBalancer" when isBundle && ends => $"{name} leaves the group: its capacity is gone for good",
            "appstack:loadbalancing:LoadBalancer" when isBundle => $"{name} is drained if the change is disruptive, then changed: one load balancer less meanwhile; the others of the group follow one at a time",
            "appstack:loadbalancing:BgpRouter" when isBundle => $"{name}: BIRD {(ends ? "stops" : "loads new settings")}; routes through this router may move to another",
            "appstack:loadbalancing:WebBackend" when isBundle => $"{name}: nginx {(ends ? "stops" : "reloads or restarts")}; its pool has one server less {(ends ? "for good" : "meanwhile")}",
            "appstack:lab:Machine" when step.Kind != StepKind.Update => $"the machine {name} {(ends ? "goes" : "is made anew")}, with everything on it",
            "appstack:lab:Network" when step.Kind != StepKind.Update => $"the network {name} {(ends ? "goes" : "is made anew")}: machines on it lose their connection",
            _ when isBundle => $"{name} {(ends ? "is removed from its node" : "is changed on its node, and may restart")}",
            _ => null,
        };
    }

    // From the inside to the outside.
    private IEnumerable<StepDescription> Components(StepDescription step)
    {
        for (var at = step; at is not null; at = at.Parent is { } parent ? _steps.GetValueOrDefault(parent) : null)
        {
            if (at.Type.StartsWith(Prefix, StringComparison.Ordinal))
            {
                yield return at;
            }
        }
    }
}
