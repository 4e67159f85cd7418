using System.Security.Cryptography;
using System.Text;

namespace AppStack.Components.Services;

/// <summary>Names of what a service has in a cluster.</summary>
internal static class ServiceNames
{
    /// <summary>The name of its container.</summary>
    public const string Container = "service";

    /// <summary>Where its secrets are in a pod.</summary>
    public const string SecretsFolder = "/etc/appstack";

    /// <summary>The file with the password of the database.</summary>
    public const string DatabasePassword = "database-password";

    /// <summary>The file with the certificate that vouches for the poolers.</summary>
    public const string DatabaseAuthority = "database-ca.crt";

    /// <summary>The label by which a service's pods are found.</summary>
    public const string NameLabel = "app.kubernetes.io/name";

    /// <summary>
    /// A hash of names with values, for names of objects: another content is another object, so that pods of the version before keep theirs. Ten
    /// hexadecimal digits; what is hashed has a random password among it where there is a secret, so that nothing can be guessed from it.
    /// </summary>
    public static string Hash(IEnumerable<KeyValuePair<string, string>> content)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in content.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..10];
    }
}
