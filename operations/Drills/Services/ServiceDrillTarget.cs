using AppStack.Stacks.Environments;
using AppStack.Stacks.Services;

namespace AppStack.Operations.Drills.Services;

/// <summary>The service that a drill is done to, and the way to it.</summary>
/// <param name="Root">The repository's folder.</param>
/// <param name="Stack">Its stack as the command line names it.</param>
/// <param name="Service">Its descriptor.</param>
/// <param name="Platform">The stack of its platform.</param>
/// <param name="Address">Where citizens reach it.</param>
/// <param name="ConnectTo">The virtual address that leads there.</param>
/// <param name="Client">The node from which they do.</param>
/// <param name="ControlPlane">A control plane of its cluster.</param>
/// <param name="Database">The database cluster that holds its database.</param>
internal sealed record ServiceDrillTarget(string Root, string Stack, ServiceFile Service, string Platform, Uri Address, string ConnectTo, string Client, string ControlPlane, DatabaseSpec Database);
