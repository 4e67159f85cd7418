using System.Net;

namespace AppStack.Operations.Verification;

/// <summary>A BGP session as BIRD reports it.</summary>
/// <param name="Name">The name of the protocol in BIRD's configuration.</param>
/// <param name="Neighbour">The address of the other end.</param>
/// <param name="State">The state: <c>Established</c>, <c>Active</c>, <c>Idle</c>, <c>down</c> ...</param>
/// <param name="LastError">Why it is not established, or was not at last.</param>
internal sealed record BgpSession(string Name, IPAddress? Neighbour, string State, string? LastError)
{
    public bool Established => State == "Established";
}
