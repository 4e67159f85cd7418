using System.Collections.Immutable;

namespace AppStack.Engine.Imports;

/// <summary>What is to be taken over into a stack: Pulumi's import file.</summary>
public sealed record ImportFile
{
    /// <summary>Names of resources that the stack has already, with their URNs.</summary>
    public ImmutableSortedDictionary<string, string> NameTable { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The resources.</summary>
    public ImmutableArray<ImportSpec> Resources { get; init; } = [];
}
