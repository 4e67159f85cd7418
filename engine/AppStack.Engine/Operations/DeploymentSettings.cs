using System.Collections.Immutable;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Plans;

namespace AppStack.Engine.Operations;

/// <summary>What a run is about.</summary>
internal sealed record DeploymentSettings
{
    public required string Project { get; init; }

    public required string Stack { get; init; }

    public required bool Preview { get; init; }

    public required OperationOptions Options { get; init; }

    /// <summary>What the run has to keep to, if anything.</summary>
    public UpdatePlan? Plan { get; init; }

    /// <summary>Inputs of default providers by package, from the stack's configuration.</summary>
    public ImmutableDictionary<string, PropertyMap> ProviderConfig { get; init; } = ImmutableDictionary.Create<string, PropertyMap>(StringComparer.Ordinal);

    public required ImmutableArray<ProviderRegistration> Providers { get; init; }

    public required TimeProvider Time { get; init; }

    public required Func<Guid> NewId { get; init; }
}
