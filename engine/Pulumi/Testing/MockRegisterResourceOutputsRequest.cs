using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pulumi.Testing;

/// <summary>The outputs of a component or of the stack.</summary>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Pulumi's shape.")]
public class MockRegisterResourceOutputsRequest
{
    /// <summary>The component's URN.</summary>
    public readonly string Urn;

    /// <summary>Its outputs by name.</summary>
    public readonly ImmutableDictionary<string, Output<object?>> Outputs;

    /// <summary>Puts the parts together.</summary>
    /// <param name="urn">The component's URN.</param>
    /// <param name="outputs">Its outputs by name.</param>
    public MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object?>> outputs)
    {
        Urn = urn;
        Outputs = outputs;
    }
}
