namespace AppStack.Ssh.Multiplexing;

/// <summary>How a command's session ended: exactly one of both is set.</summary>
internal sealed record MuxExit(int? Code, string? Signal);
