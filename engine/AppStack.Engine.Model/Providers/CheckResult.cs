using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>Validated inputs, or what is wrong with them.</summary>
/// <param name="Inputs">The inputs with defaults filled in.</param>
/// <param name="Failures">All that is wrong; empty when the inputs are good.</param>
public sealed record CheckResult(PropertyMap Inputs, ImmutableArray<CheckFailure> Failures)
{
    /// <summary>Good inputs.</summary>
    public static CheckResult Ok(PropertyMap inputs) => new(inputs, []);
}
