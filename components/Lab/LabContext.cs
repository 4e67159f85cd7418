using Pulumi;

namespace AppStack.Components.Lab;

/// <summary>What the resources of one lab share.</summary>
/// <param name="Name">The lab's name.</param>
/// <param name="Host">How the host is seen.</param>
/// <param name="Parent">The lab's component.</param>
internal sealed record LabContext(string Name, ILabHost Host, Resource Parent)
{
    public LabPaths Paths { get; } = LabPaths.For(Name);

    /// <summary>The lab's own incarnation, asked once: a lab that does not exist yet gets another one at every question.</summary>
    public InputMap<string> LabIncarnation { get; } = Make(Host.Lab(Name));

    /// <summary>A call of the lab's script. `exec`: one shell less for the time of the command.</summary>
    public string Call(string verb, params IEnumerable<string> arguments)
        => $"exec {Paths.Script} {verb} {Name}" + string.Concat(arguments.Select(argument => " " + LabScript.Quote(argument)));

    /// <summary>
    /// The incarnation travels in the environment and not in the triggers: a dead machine is started again (an update in
    /// place), and not replaced.
    /// </summary>
    public InputMap<string> Incarnation(string value) => Make(value);

    private static InputMap<string> Make(string value) => new() { ["APPSTACK_INCARNATION"] = value };
}
