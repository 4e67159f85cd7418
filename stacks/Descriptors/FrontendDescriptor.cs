namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>Where connections come in.</summary>
public sealed record FrontendDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name.", Required = true, Format = TextFormat.Name, Example = "http")]
    public string? Name { get; init; }

    /// <summary>The virtual address.</summary>
    [Key("The name of the virtual address.", Required = true, Format = TextFormat.Name, Example = "public")]
    public string? Vip { get; init; }

    /// <summary>The TCP port.</summary>
    [Key("The TCP port.", Required = true, Minimum = 1, Maximum = 65535, Example = "80")]
    public int? Port { get; init; }

    /// <summary>The backend.</summary>
    [Key("The name of the backend that serves it.", Required = true, Format = TextFormat.Name, Example = "web")]
    public string? Backend { get; init; }
}
