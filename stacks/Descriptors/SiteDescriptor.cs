namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A site.</summary>
public sealed record SiteDescriptor
{
    /// <summary>The site's name.</summary>
    [Key("The site's name.", Required = true, Format = TextFormat.Name, Example = "ath")]
    public string? Name { get; init; }

    /// <summary>Its racks.</summary>
    [Key("The names of its racks.", Required = true, Format = TextFormat.Name, Example = "r1")]
    public IReadOnlyList<string?> Racks { get; init; } = [];
}
