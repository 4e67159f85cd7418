namespace AppStack.Components.Monitoring;

/// <summary>A console page of Prometheus.</summary>
/// <param name="Name">Name of the file below <c>/consoles/</c>.</param>
/// <param name="Content">The template.</param>
public sealed record ConsolePage(string Name, string Content);
