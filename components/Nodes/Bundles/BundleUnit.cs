namespace AppStack.Components.Nodes.Bundles;

/// <summary>The wanted state of a systemd unit.</summary>
/// <param name="Name">Full name with its suffix, e.g. <c>bird.service</c>.</param>
/// <param name="Start">Whether it starts at boot. Default: <see cref="UnitStart.Enabled"/>.</param>
/// <param name="State">Whether it runs now. Default: <see cref="UnitState.Started"/>.</param>
public sealed record BundleUnit(string Name, UnitStart Start = UnitStart.Enabled, UnitState State = UnitState.Started);
