using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Imports;

/// <summary>One resource to take over, as an import file or a command line describes it; not checked yet.</summary>
public sealed record ImportSpec
{
    /// <summary>The type token.</summary>
    public string Type { get; init; } = "";

    /// <summary>The name by which others in the file refer to it; the name of its variable in generated code.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name in its URN, where that is another one.</summary>
    public string LogicalName { get; init; } = "";

    /// <summary>The id under which the provider finds it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name of its parent: another resource of the file, or one of the name table; none for the stack.</summary>
    public string Parent { get; init; } = "";

    /// <summary>The name of its provider; none for the default provider.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The version of the default provider; none for the built-in one.</summary>
    public string Version { get; init; } = "";

    /// <summary>The inputs that generated code has; none for all.</summary>
    public ImmutableArray<string> Properties { get; init; } = [];

    /// <summary>Whether it is a component, which has neither id nor provider.</summary>
    public bool Component { get; init; }

    /// <summary>Inputs that the provider cannot read; a provider's configuration.</summary>
    public PropertyMap? Inputs { get; init; }

    /// <summary>All outputs; with them the provider is not asked.</summary>
    public PropertyMap? Outputs { get; init; }
}
