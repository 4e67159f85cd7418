using AppStack.Components.Monitoring;

namespace AppStack.Operations.Verification;

/// <summary>An alert that is raised at this moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="Node">The node that it is about; empty when it is about more.</param>
/// <param name="Cluster">The cluster that it is about; empty when it is about more.</param>
/// <param name="Summary">What is wrong, in a sentence.</param>
/// <param name="Runbook">Where it stands what to do; from the repository's root.</param>
public sealed record RaisedAlert(string Name, AlertSeverity Severity, string Node, string Cluster, string Summary, string Runbook);
