using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>Panels that are read together.</summary>
/// <param name="Title">The row's title.</param>
/// <param name="Panels">The panels, from the left to the right.</param>
public sealed record DashboardRow(string Title, ImmutableArray<DashboardPanel> Panels);
