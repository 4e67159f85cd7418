namespace AppStack.Ssh.Multiplexing;

/// <summary>The node opened no further session on the connection (<c>MaxSessions</c>).</summary>
internal sealed class MuxSessionRefusedException(string reason) : Exception(reason);
