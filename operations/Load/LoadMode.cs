namespace AppStack.Operations.Load;

/// <summary>How the load generator uses connections.</summary>
public enum LoadMode
{
    /// <summary>A new TCP connection per request, closed after the answer.</summary>
    NewConnections,

    /// <summary>A pool of persistent connections that requests take in turn.</summary>
    KeepAlive,
}
