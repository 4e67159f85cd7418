using AppStack.Engine.State;

namespace AppStack.Engine.Planning;

/// <summary>A resource with its number in the run's journal.</summary>
internal sealed record NumberedResource(int Number, ResourceState State);
