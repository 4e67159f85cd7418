namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>The API server does not answer.</summary>
internal sealed class UnreachableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether a request went out whose answer was lost, so that nobody knows what came of it.</summary>
    public bool MayHaveArrived { get; init; }
}
