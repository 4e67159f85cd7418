namespace AppStack.Components.Monitoring;

/// <summary>How one side of a look at metrics shows who it is, in clear; lives in outputs and in files with mode 0600 only.</summary>
/// <param name="PrivateKey">Its private key (PEM).</param>
/// <param name="Certificate">Its certificate (PEM).</param>
/// <param name="Authority">The certificate (PEM) of the authority that both sides trust.</param>
public sealed record MetricsIdentity(string PrivateKey, string Certificate, string Authority);
