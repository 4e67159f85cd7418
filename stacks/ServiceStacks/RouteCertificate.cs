using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AppStack.Stacks.Services;

/// <summary>The certificate that a route of a service brings.</summary>
/// <param name="File">The file, relative to the repository.</param>
/// <param name="Key">The stack's secret configuration that holds its private key.</param>
public sealed record RouteCertificate(string File, string Key)
{
    /// <summary>What is wrong with a private key; <see langword="null"/>: it is the certificate's.</summary>
    /// <param name="certificate">The certificate (PEM).</param>
    /// <param name="key">The private key (PEM).</param>
    public static string? KeyProblem(string certificate, string key)
    {
        try
        {
            using var both = X509Certificate2.CreateFromPem(certificate, key);
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return "is not the private key (PEM, without a passphrase) of the certificate";
        }
    }
}
