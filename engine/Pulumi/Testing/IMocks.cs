namespace Pulumi.Testing;

/// <summary>Plays the engine and the providers in unit tests.</summary>
public interface IMocks
{
    /// <summary>Gives the id and the outputs of a resource that the program declares; called for components too, not for the stack.</summary>
    /// <param name="args">The resource.</param>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    /// <summary>Gives the result of a function that the program calls.</summary>
    /// <param name="args">The call.</param>
    Task<object> CallAsync(MockCallArgs args);

    /// <summary>Is told the outputs of components and of the stack.</summary>
    /// <param name="args">The outputs.</param>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}
