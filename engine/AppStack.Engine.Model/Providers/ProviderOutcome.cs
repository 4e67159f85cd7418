namespace AppStack.Engine.Model.Providers;

/// <summary>What is known about a resource after an operation on it failed.</summary>
public enum ProviderOutcome
{
    /// <summary>The operation did not take place.</summary>
    Failed,

    /// <summary>The resource exists, but is not whole.</summary>
    PartialFailure,

    /// <summary>Nobody knows whether the operation took place.</summary>
    Unknown,
}
