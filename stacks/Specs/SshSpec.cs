using System.Collections.Immutable;
using System.Net;

namespace AppStack.Stacks.Environments;

/// <summary>How nodes are reached.</summary>
/// <param name="User">The user to log in as.</param>
/// <param name="Port">The port of sshd.</param>
/// <param name="From">The networks from which nodes accept SSH.</param>
public sealed record SshSpec(string User, int Port, ImmutableArray<IPNetwork> From);
