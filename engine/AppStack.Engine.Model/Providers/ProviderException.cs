using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Providers;

/// <summary>An operation of a provider failed.</summary>
public sealed class ProviderException : Exception
{
    /// <summary>Nothing was changed, or the change was undone.</summary>
    public ProviderException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    private ProviderException(string message, ProviderOutcome outcome, Exception? innerException)
        : base(message, innerException) => Outcome = outcome;

    /// <summary>What is known about the resource after the failure.</summary>
    public ProviderOutcome Outcome { get; private init; }

    /// <summary>The id of the resource that exists, for <see cref="ProviderOutcome.PartialFailure"/>.</summary>
    public string? Id { get; private init; }

    /// <summary>Its outputs, for <see cref="ProviderOutcome.PartialFailure"/>.</summary>
    public PropertyMap Outputs { get; private init; } = PropertyMap.Empty;

    /// <summary>Why it is not whole, for <see cref="ProviderOutcome.PartialFailure"/>; kept in state as initialisation errors.</summary>
    public ImmutableArray<string> Reasons { get; private init; } = [];

    /// <summary>The resource exists, but is not whole.</summary>
    public static ProviderException Partial(string id, PropertyMap outputs, ImmutableArray<string> reasons) =>
        new(string.Join(Environment.NewLine, reasons), ProviderOutcome.PartialFailure, innerException: null) { Id = id, Outputs = outputs, Reasons = reasons };

    /// <summary>Nobody knows whether the operation took place (connection lost, time-out): a pending operation is kept in state.</summary>
    public static ProviderException Unknown(string message, Exception? innerException = null) => new(message, ProviderOutcome.Unknown, innerException);
}
