using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>Numbers and lengths of arguments; a request with more is refused.</summary>
public sealed record WafArgumentsDescriptor
{
    /// <summary>Arguments of a request.</summary>
    [Key("Arguments of a request.", Default = "255", Minimum = 1, Maximum = 100_000)]
    public int? Count { get; init; }

    /// <summary>Bytes of a name.</summary>
    [Key("Bytes of an argument's name.", Default = "no limit", Minimum = 1, Maximum = 1_000_000)]
    public int? NameBytes { get; init; }

    /// <summary>Bytes of a value.</summary>
    [Key("Bytes of an argument's value.", Default = "no limit", Minimum = 1, Maximum = 100_000_000)]
    public int? ValueBytes { get; init; }

    /// <summary>Bytes of all.</summary>
    [Key("Bytes of all arguments together.", Default = "no limit", Minimum = 1, Maximum = 100_000_000)]
    public int? TotalBytes { get; init; }
}
