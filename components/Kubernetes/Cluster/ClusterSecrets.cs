namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>Secrets that exist before the cluster does.</summary>
/// <param name="EncryptionKey">Base64 of the 32 bytes with which secrets are encrypted in etcd.</param>
/// <param name="CertificateKey">64 hexadecimal digits: encrypts the certificates that control planes hand to each other for two hours.</param>
public sealed record ClusterSecrets(string EncryptionKey, string CertificateKey);
