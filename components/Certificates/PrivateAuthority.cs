using Pulumi;
using Pulumi.Command.Local;

namespace AppStack.Components.Certificates;

/// <summary>
/// A private certificate authority. Its key is made once by openssl on the machine that deploys, is never written to a file there outside
/// of a folder that only the deployer can read for that moment, and is kept as a secret of the stack's state.
/// </summary>
public sealed class PrivateAuthority : ComponentResource
{
    /// <summary>Makes an authority, or finds the one that the stack's state holds.</summary>
    /// <param name="name">Name of the component; also the authority's common name.</param>
    /// <param name="options">Options of the component.</param>
    public PrivateAuthority(string name, ComponentResourceOptions? options = null)
        : base("appstack:certificates:PrivateAuthority", name, options)
    {
        var command = new Command($"{name}-key", new CommandArgs
        {
            Create = CertificateScripts.Authority,
            Environment = new InputMap<string> { ["SUBJECT"] = $"/O=AppStack/CN={name}" },
            Logging = Logging.None,
        }, new CustomResourceOptions
        {
            Parent = this,
            AdditionalSecretOutputs = { "stdout" },

            // Another authority would lock out everybody who trusts this one; who wants one replaces the resource.
            IgnoreChanges = { "create", "environment", "logging" },
        });
        KeyAndCertificate = Output.CreateSecret(command.Stdout);
        Certificate = Output.Unsecret(KeyAndCertificate.Apply(Pem.Certificate));
        RegisterOutputs();
    }

    /// <summary>An authority that another stack has made.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="keyAndCertificate">Its <see cref="KeyAndCertificate"/>.</param>
    /// <param name="options">Options of the component.</param>
    public PrivateAuthority(string name, Output<string> keyAndCertificate, ComponentResourceOptions? options = null)
        : base("appstack:certificates:PrivateAuthority", name, options)
    {
        KeyAndCertificate = Output.CreateSecret(keyAndCertificate);
        Certificate = Output.Unsecret(KeyAndCertificate.Apply(Pem.Certificate));
        RegisterOutputs();
    }

    /// <summary>Its key and its certificate (PEM). Secret.</summary>
    public Output<string> KeyAndCertificate { get; }

    /// <summary>The authority's certificate (PEM).</summary>
    [Output("certificate")]
    public Output<string> Certificate { get; private set; }

    /// <summary>Issues a certificate, for servers and clients alike; it is issued anew before it expires (<see cref="CertificatePeriod"/>).</summary>
    /// <param name="name">Name of the resource.</param>
    /// <param name="commonName">The common name; for a database client the name of its role.</param>
    /// <param name="addresses">Addresses and names that the certificate is valid for.</param>
    /// <returns>Private key and certificate (PEM); secret.</returns>
    public IssuedCertificate Issue(string name, string commonName, params string[] addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        return IssueExactly(name, commonName, addresses.Append(commonName).Distinct(StringComparer.Ordinal).Select(a => Nodes.Cidr.IsAddress(a) ? $"IP:{a}" : $"DNS:{a}"));
    }

    /// <summary>Issues a certificate for pgBackRest, which compares the address that it connects to with names only, never with addresses (2.45).</summary>
    /// <param name="name">Name of the resource.</param>
    /// <param name="address">The node's address; also the common name, by which pgBackRest knows who may do what.</param>
    /// <returns>Private key and certificate (PEM); secret.</returns>
    internal IssuedCertificate IssueForBackups(string name, string address) => IssueExactly(name, address, [$"DNS:{address}", $"IP:{address}"]);

    private IssuedCertificate IssueExactly(string name, string commonName, IEnumerable<string> names)
    {
        var command = new Command(name, new CommandArgs
        {
            Create = CertificateScripts.Issue,
            Update = CertificateScripts.Issue,
            Stdin = KeyAndCertificate,
            Environment = new InputMap<string>
            {
                ["SUBJECT"] = $"/O=AppStack/CN={commonName}",
                ["NAMES"] = string.Join(',', names),
                ["PERIOD"] = CertificatePeriod.Of(name, TimeProvider.System.GetUtcNow()).ToString("0", System.Globalization.CultureInfo.InvariantCulture),
            },
            AddPreviousOutputInEnv = false,
            Logging = Logging.None,
        }, new CustomResourceOptions { Parent = this, AdditionalSecretOutputs = { "stdout" } });
        var both = Output.CreateSecret(command.Stdout);
        return new IssuedCertificate { PrivateKey = both.Apply(Pem.PrivateKey), Certificate = Output.Unsecret(both.Apply(Pem.Certificate)) };
    }
}
