using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Registration;

/// <summary>What became of a registration.</summary>
public sealed record RegisterResourceResponse
{
    /// <summary>The resource's URN.</summary>
    public required string Urn { get; init; }

    /// <summary>The id; <see langword="null"/> for components and where it is not known yet.</summary>
    public string? Id { get; init; }

    /// <summary>The outputs, with secrets and unknowns marked. Empty for components.</summary>
    public PropertyMap Outputs { get; init; } = PropertyMap.Empty;

    /// <summary>Whether the step ran, was skipped (a dependency failed, not targeted) or failed while the run goes on.</summary>
    public RegistrationResult Result { get; init; }
}
