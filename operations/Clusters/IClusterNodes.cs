namespace AppStack.Operations.Clusters;

/// <summary>The nodes of a Kubernetes cluster; the seam at which what is done to them together is tested.</summary>
internal interface IClusterNodes
{
    /// <summary>Runs a command on a node.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="OperationException">It failed; with node, command and what it said.</exception>
    Task<string> RunAsync(string node, string command, CancellationToken cancellationToken);

    /// <summary>Brings a file of one node to others, readable by root only.</summary>
    /// <exception cref="OperationException">A node could not be read or written.</exception>
    Task CopyAsync(string from, IReadOnlyCollection<string> to, string path, CancellationToken cancellationToken);
}
