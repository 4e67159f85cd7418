using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Registration;

/// <summary>
/// What the SDK asks of the engine while a program runs; the in-process counterpart of Pulumi's resource monitor and engine services.
/// All members may be called concurrently.
/// </summary>
public interface IResourceMonitor
{
    /// <summary>Registers a resource and completes when its step has run (or was planned, in a preview).</summary>
    Task<RegisterResourceResponse> RegisterResourceAsync(RegisterResourceRequest request, CancellationToken cancellationToken);

    /// <summary>Completes a component's (or the stack's) registration with its outputs.</summary>
    Task RegisterResourceOutputsAsync(string urn, PropertyMap outputs, CancellationToken cancellationToken);

    /// <summary>Reads an existing resource that this stack does not manage.</summary>
    Task<ReadResourceResponse> ReadResourceAsync(ReadResourceRequest request, CancellationToken cancellationToken);

    /// <summary>Calls a provider's function (or a built-in one of package <c>pulumi</c>).</summary>
    Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken);

    /// <summary>Sends a message to the people who watch the run.</summary>
    void Log(LogMessage message);
}
