namespace AppStack.Stacks.Environments;

/// <summary>Where connections come in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Vip">The virtual address.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="Backend">The name of the backend that serves it.</param>
public sealed record FrontendSpec(string Name, VipSpec Vip, int Port, string Backend);
