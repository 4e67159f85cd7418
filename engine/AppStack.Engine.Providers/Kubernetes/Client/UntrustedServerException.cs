namespace AppStack.Engine.Providers.Kubernetes.Client;

/// <summary>Whoever answers is not the API server that the kubeconfig names; asking again would not help.</summary>
internal sealed class UntrustedServerException(string message, Exception? innerException = null) : Exception(message, innerException);
