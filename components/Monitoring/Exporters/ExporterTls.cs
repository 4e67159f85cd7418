namespace AppStack.Components.Monitoring;

/// <summary>
/// How the door speaks to an endpoint with TLS. Whose certificate the endpoint shows is not looked at: kubelets and schedulers sign their own, and Debian's door (0.4.0) reads
/// <c>tls_ca_cert_file</c> without using it ("certificate signed by unknown authority"). Who could stand in between sees no secret, as the client's key is not sent.
/// </summary>
/// <param name="Certificate">The file of the door's certificate.</param>
/// <param name="PrivateKey">The file of its private key.</param>
internal sealed record ExporterTls(string Certificate, string PrivateKey);
