namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>A parameter of PostgreSQL.</summary>
public sealed record DatabaseParameterDescriptor
{
    /// <summary>Its name.</summary>
    [Key("The parameter's name, as in PostgreSQL's documentation.", Required = true, Example = "work_mem")]
    public string? Name { get; init; }

    /// <summary>Its value.</summary>
    [Key("Its value, as it would stand in postgresql.conf, without quotes.", Required = true, Example = "16MB")]
    public string? Value { get; init; }
}
