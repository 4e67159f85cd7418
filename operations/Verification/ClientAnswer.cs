using System.Net;

namespace AppStack.Operations.Verification;

/// <summary>An answer as the client saw it.</summary>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="Milliseconds">From the start of the connection to the end of the answer.</param>
/// <param name="LoadBalancer">The load balancer that the request went through, when the backend tells.</param>
/// <param name="Backend">The backend that answered, when it tells.</param>
internal sealed record ClientAnswer(int Status, double Milliseconds, IPAddress? LoadBalancer, string? Backend);
