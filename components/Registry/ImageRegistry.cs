using System.Collections.Immutable;
using AppStack.Components.Nodes;
using Pulumi;
using Pulumi.Random;

namespace AppStack.Components.Registry;

/// <summary>A registry of images on a node of its own, and the trust of those who fetch from it.</summary>
public sealed class ImageRegistry : ComponentResource
{
    // Letters and digits: 190 bits.
    private const int PasswordLength = 32;

    /// <summary>Deploys a registry.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification, machines and authority.</param>
    /// <param name="options">Options of the component.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public ImageRegistry(string name, ImageRegistryArgs args, ComponentResourceOptions? options = null)
        : base("appstack:registry:ImageRegistry", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        InvalidSpecException.ThrowIfAny($"registry '{spec.Name}'", RegistryValidator.Validate(spec));
        Password = new RandomPassword($"{name}-password", new RandomPasswordArgs { Length = PasswordLength, Special = false }, new CustomResourceOptions { Parent = this }).Result;
        var certificate = args.Authority.Issue($"{name}-certificate", spec.Name, spec.Address);
        var bundle = Output.Tuple(certificate.PrivateKey, certificate.Certificate, Password)
            .Apply(parts => RegistryRenderer.Bundle(spec, new RegistryIdentity(parts.Item1, parts.Item2, parts.Item3)));
        var server = args.Node.Apply($"{name}-bundle", bundle, BundleOptions.For(this, options));
        var trust = args.Authority.Certificate.Apply(authority => RegistryTrustRenderer.Bundle(spec, authority));
        Ready =
        [
            server,
            .. spec.Pullers.Select(puller => args.Pullers[puller].Apply($"{puller}-{name}-trust", trust, BundleOptions.For(this, options))),
        ];
        RegisterOutputs();
    }

    /// <summary>The password of <see cref="RegistryRenderer.User"/>. Secret.</summary>
    [Output("password")]
    public Output<string> Password { get; private set; }

    /// <summary>What to depend on to come after images can be put there and fetched.</summary>
    public ImmutableArray<Resource> Ready { get; }
}
