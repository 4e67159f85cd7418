namespace AppStack.Stacks.Environments;

/// <summary>How nodes are reached.</summary>
/// <param name="User">The user to log in as.</param>
/// <param name="Port">The port of sshd.</param>
public sealed record SshSpec(string User, int Port);
