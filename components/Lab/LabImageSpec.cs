using System.Collections.Immutable;

namespace AppStack.Components.Lab;

/// <summary>A root file system: the base system and packages on top of it.</summary>
/// <param name="Name">What machines of this image are for; part of resource names.</param>
/// <param name="Packages">Debian packages, installed without recommended ones and with their default configuration.</param>
public sealed record LabImageSpec(string Name, ImmutableArray<string> Packages);
